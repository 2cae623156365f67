from __future__ import annotations

from qa.search.parts import Part, Publishers, parts

NAMES = Publishers(["Dawn", "Xinhua", "The Guardian", "Cnbc | World Business News Leader", "Wired"])


def test_publishers_are_recognised_by_name_and_short_name() -> None:
    assert NAMES.named("Do 'Dawn' and CNBC agree with The Guardian?") == (
        "Dawn",
        "Cnbc | World Business News Leader",
        "The Guardian",
    )


def test_a_common_word_is_no_publisher() -> None:
    assert NAMES.named("Was the house wired at dawn?") == ()


def test_a_library_without_publishers_names_none() -> None:
    assert Publishers(()).named("What does Dawn say?") == ()


def test_each_side_of_a_comparison_is_a_part() -> None:
    question = (
        "Does the Dawn report say that the port loses money every year, "
        "while Xinhua praises its fast growing container traffic?"
    )
    assert parts(question, NAMES) == (
        Part("Does the Dawn report say that the port loses money every year", ("Dawn",)),
        Part("Xinhua praises its fast growing container traffic", ("Xinhua",)),
    )


def test_a_part_without_a_publisher_is_put_to_all_that_are_named() -> None:
    question = (
        "According to Dawn the port authority lost money last year, and whose container traffic grew fast?"
    )
    assert [part.publishers for part in parts(question, NAMES)] == [("Dawn",), ("Dawn",)]


def test_a_question_about_one_thing_has_no_parts() -> None:
    assert parts("Who co-chaired the fourth meeting, and where?", NAMES) == ()
    assert parts("", NAMES) == ()

"""Numbers are compared as figures and names by their words."""

import pytest

from qa.text.facts import names, numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$62 billion", "62bn dollars"),
        ("62,000 million", "62 billion"),
        ("46%", "46 per cent"),
        ("3rd", "third"),
        ("phase II", "phase two"),
        ("phase two", "second"),
        ("twenty-one", "21"),
        ("1,320 MW", "1320 megawatts"),
        ("1.5 crore", "15 million"),
    ],
)
def test_the_same_figure_in_another_form_agrees(one: str, other: str) -> None:
    assert numbers(one)[0].agrees(numbers(other)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("62 billion", "62 million"),
        ("46 percent", "46"),
        ("three", "third"),
        ("$5 billion", "Rs 5 billion"),
        ("120 km", "120 MW"),
    ],
)
def test_another_figure_does_not(one: str, other: str) -> None:
    assert not numbers(one)[0].agrees(numbers(other)[0])


def test_offsets_hold() -> None:
    text = "The 3rd of twenty-one zones cost US$6.7bn, 46 percent more; phase II follows."
    assert all(text[n.start : n.end].strip() == n.text for n in numbers(text))
    assert [n.text for n in numbers(text)] == ["3rd", "twenty-one", "US$6.7bn", "46 percent", "II"]


def test_a_sentence_opener_is_no_name() -> None:
    assert [name.text for name in names("According to Dawn, the Joint Working Group met.")] == [
        "Dawn",
        "Joint Working Group",
    ]


@pytest.mark.parametrize("question", ["谁主持了第四次会议？", "چوتھا اجلاس کہاں ہوا؟", "चौथी बैठक कहाँ हुई?"])
def test_a_script_without_capitals_names_nothing(question: str) -> None:
    assert names(question) == ()
    assert [name.text for name in names(f"{question} Karot {question}")] == ["Karot"]


@pytest.mark.parametrize(
    ("written", "figure"),
    [("۲۵", "25"), ("५०० MW", "500 MW"), ("١٬٢٣٤٫٥", "1,234.5"), ("٣٥٪", "35%"), ("２０２４", "2024")],
)
def test_figures_in_any_digits_agree(written: str, figure: str) -> None:
    (found,) = numbers(f"({written})")
    assert found.agrees(numbers(figure)[0])
    assert found.text in written

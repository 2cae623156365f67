"""A statement against a real library: each alteration of a true sentence is caught."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.checker import check
from qa.library import Library
from qa.retriever import HybridRetriever, open_retriever
from qa.settings import Settings
from tests.qa.briefs import MEETING, PLANT, article, paragraphs


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("The fourth meeting was co-chaired by Syrus Qazi and Sun Weidong.", "supported"),
        ("The third meeting was held virtually.", "supported"),
        ("The fourth meeting came after the third meeting.", "supported"),
        ("The plant at Sahiwal took 22 months to build.", "supported"),
        ("The plant at Sahiwal took 28 months to build.", "contradicted"),
        ("The third meeting of the group was held virtually on 21 March 2022.", "contradicted"),
        ("The fourth meeting was co-chaired by Syrus Qazi and Wang Yi.", "contradicted"),
        ("The fourth meeting was held in Beijing.", "contradicted"),
        ("The two sides did not reject disinformation.", "contradicted"),
        ("Sun Weidong said: “No third country will ever join this group.”", "not_in_library"),
        ("The airport at Gwadar cost 230 million dollars.", "not_in_library"),
    ],
)
def test_verdicts(retriever: HybridRetriever, statement: str, verdict: str) -> None:
    found = check(statement, retriever)
    assert found.verdict == verdict
    assert bool(found.supporting) == (verdict in ("supported", "disputed"))
    assert bool(found.opposing) == (verdict in ("contradicted", "disputed"))
    bodies = {article.id: article.body for article in (MEETING, PLANT)}
    for cited in (*found.supporting, *found.opposing):
        assert bodies[cited.article_id][cited.start : cited.end] == cited.quote


def test_a_paragraph_is_judged_statement_by_statement(retriever: HybridRetriever) -> None:
    text = (
        "The fourth meeting was held in Islamabad and was co-chaired by Syrus Qazi and Wang Yi. "
        "The third meeting was held virtually."
    )
    found = check(text, retriever)
    assert found.verdict == "contradicted"
    assert [(part.statement, part.verdict) for part in found.parts] == [
        ("The fourth meeting was held in Islamabad.", "supported"),
        ("The fourth meeting was co-chaired by Syrus Qazi and Wang Yi.", "contradicted"),
        ("The third meeting was held virtually.", "supported"),
    ]
    assert found.explanation == "Of 3 statements: 2 borne out, 1 contradicted."
    numbers = [cited.number for cited in (*found.supporting, *found.opposing)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_paragraph_is_borne_out_only_as_a_whole(retriever: HybridRetriever) -> None:
    text = "The third meeting was held virtually. The airport at Gwadar cost 230 million dollars."
    found = check(text, retriever)
    assert found.verdict == "not_in_library"
    assert [part.verdict for part in found.parts] == ["supported", "not_in_library"]


@pytest.mark.parametrize(
    ("statement", "explanation"),
    [
        ("The plant at Sahiwal took 28 months to build.", "“28”"),
        ("The fourth meeting was held in Beijing.", "“Beijing”"),
        ("The third meeting of the group was held virtually on 21 March 2022.", "“21 March 2022”"),
        (
            "Sun Weidong said: “No third country will ever join this group.”",
            "“No third country will ever join",
        ),
    ],
)
def test_an_explanation_has_the_statement_s_own_words(
    retriever: HybridRetriever, statement: str, explanation: str
) -> None:
    assert explanation in check(statement, retriever).explanation


def test_a_thing_is_not_of_another_kind(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(library=tmp_path_factory.mktemp("kinds"))
    library = Library(settings.library, create=True)
    body = "Mostar Sun is a drama film of 1994. It was shot in Mostar."
    film = article("film", body, "A film remembered", dt.date(2025, 3, 1), "Film Desk")
    library.put(film, tuple(paragraphs(film)))
    retriever = open_retriever(settings, library)
    retriever.lexical.sync()
    retriever.vectors.sync()
    assert check("Mostar Sun is a truck.", retriever).verdict == "contradicted"
    assert check("Mostar Sun is a drama film.", retriever).verdict == "supported"

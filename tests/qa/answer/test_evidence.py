"""Evidence: the sentences that bear on a question, in order, within their room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.answer.evidence import MAX_CHARS, Evidence, select
from qa.core.types import Hit, numbered
from qa.search.sentence_ranking import ranked
from qa.text.stems import content
from tests.qa.briefs import HITS, MEETING, PLANT, hits


def overlap(question: str, sentences: Sequence[str]) -> list[float]:
    asked = content(question)
    return [len(asked & content(sentence)) / len(asked) for sentence in sentences]


def chosen_for(question: str, found: Sequence[Hit], max_chars: int = MAX_CHARS) -> tuple[Evidence, ...]:
    return select(ranked(question, found, overlap), found, max_chars=max_chars)


def test_numbers_count_articles_by_their_best_hit() -> None:
    assert numbered(HITS) == {MEETING.id: 1, PLANT.id: 2}


def test_the_sentence_asked_about_comes_with_the_one_it_looks_back_to() -> None:
    chosen = chosen_for("Who co-chaired the meeting?", HITS, max_chars=330)
    assert [each.number for each in chosen] == [1]
    assert chosen[0].text.startswith("ISLAMABAD: The fourth meeting")
    assert "co-chaired" in chosen[0].text


def test_it_fits_and_stands_in_the_text() -> None:
    chosen = chosen_for("What did the plant cost?", HITS, max_chars=300)
    spans = [(each.article.body, span) for each in chosen for span in each.spans]
    assert sum(end - start for _, (start, end) in spans) <= 300
    assert any("1.8 billion" in body[start:end] for body, (start, end) in spans)


def test_left_out_sentences_leave_an_ellipsis() -> None:
    chosen = chosen_for("Was a joint statement issued on the fourth meeting?", HITS[:4], max_chars=260)
    assert " ... " in chosen[0].text


def test_nothing_found_gives_nothing() -> None:
    assert chosen_for("Anything?", ()) == ()


def test_credits_are_no_evidence() -> None:
    article = replace(
        PLANT, body="The plant cost 1.8 billion.\n\nReporting by A Plant; Editing by The Plant."
    )
    chosen = chosen_for("What did the plant cost?", hits(article))
    assert chosen[0].text == "The plant cost 1.8 billion."

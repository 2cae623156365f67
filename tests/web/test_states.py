"""What a stored answer carries is drawn: how sure, steps, disagreements, corrections, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_chat import texts

from qa.core.types import Citation, Claim, Disagreement, Newer, Provenance, Side, Step
from qa.store.library import Library
from qa.web.conversations import Conversations, Exchange

Start = Callable[[], AppTest]


def quoted(folder: Path, words: str, number: int = 1) -> Citation:
    article = next(each for each in Library(folder).articles(limit=200) if words in each.body)
    start = article.body.index(words)
    return Citation(
        number,
        article.id,
        article.title,
        article.publisher,
        article.published,
        None,
        words,
        start,
        start + len(words),
    )


def shown(app: Start, folder: Path, exchange: Exchange) -> AppTest:
    kept = Conversations(folder)
    id_ = kept.start(exchange.question)
    kept.save(id_, 0, exchange)
    at = app()
    at.query_params["c"] = id_
    del at.session_state["conversation"]
    at.run()
    assert not at.exception
    assert not [each for each in at.warning if "Something went wrong" in each.value]
    assert len(at.chat_message) == 2
    return at


@pytest.mark.parametrize("id_", ["qT3__yWb90_a", "__aB-cDeFgHi", "aBcDeFgHiJk_"])
def test_an_exchange_is_drawn_whatever_its_conversations_id_holds(
    app: Start, folder: Path, answered: Exchange, monkeypatch: pytest.MonkeyPatch, id_: str
) -> None:
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: id_)
    assert shown(app, folder, answered).query_params["c"] == id_


@pytest.fixture
def answered(folder: Path) -> Exchange:
    old = quoted(folder, "cost of 6.806 billion dollars", 1)
    new = quoted(folder, "cost about 6.7 billion dollars", 2)
    return Exchange(
        "What does ML-1 cost?",
        datetime.now(UTC),
        "answered",
        text="It costs about 6.7 billion dollars. [2]",
        claims=(Claim("It costs about 6.7 billion dollars. [2]", "supported", (), (new,)),),
        confidence=0.99,
        basis=Provenance(2, gaps=("nothing after March 2025",)),
        steps=(Step("What did ML-1 cost in 2020?", "6.806 billion dollars [1]", (old,)),),
        disagreements=(
            Disagreement("the cost", (Side("6.7 billion dollars", new), Side("6.806 billion dollars", old))),
        ),
        followups=("Who approved the upgrade of the ML-1 railway between Karachi and Peshawar?",),
    )


def test_how_sure_is_said_in_words_and_never_as_a_number(
    app: Start, folder: Path, answered: Exchange
) -> None:
    said = texts(shown(app, folder, answered))
    assert "- Sure\n" in said
    assert "99" not in said
    assert "Nothing after March 2025" in said


def test_steps_are_folded_and_disagreements_have_their_heading_and_plot(
    app: Start, folder: Path, answered: Exchange
) -> None:
    at = shown(app, folder, answered)
    assert [each.label for each in at.expander] == ["Answered in 1 step"]
    assert "The documents differ on the cost" in texts(at)
    assert len(at.get("vega_lite_chart")) == 2  # the other is the histogram of the filters


def test_what_may_come_next_is_asked_with_a_click(app: Start, folder: Path, answered: Exchange) -> None:
    at = shown(app, folder, answered)
    next(each for each in at.button if (each.key or "").startswith("followup-")).click().run()
    assert not at.exception
    assert len(at.chat_message) == 4
    assert "upgrade of the ML" in at.chat_message[2].markdown[0].value


def test_a_newer_document_is_named_and_opens(app: Start, folder: Path, answered: Exchange) -> None:
    other = quoted(folder, "The Orange Line, Pakistan's first electric metro train")
    assert other.published is not None
    newer = Newer(other.article_id, other.title, other.publisher, other.published)
    claim = answered.claims[0]
    superseded = replace(claim, citations=(replace(claim.citations[0], newer=newer),))
    at = shown(app, folder, replace(answered, claims=(superseded,)))
    button = next(each for each in at.button if (each.key or "").startswith("newer-"))
    assert "Newer document on this story" in button.label
    button.click().run()
    assert not at.exception
    assert "Newer document" in texts(at)


def test_a_refusal_says_what_the_library_says_otherwise_and_what_to_do(app: Start, folder: Path) -> None:
    quote = quoted(folder, "the third time on Thursday, 21 July 2022, in virtual mode.")
    refused = Exchange(
        "Why was the third meeting held in Beijing?",
        datetime.now(UTC),
        "not_in_library",
        text="The library does not say.",
        corrections=(Claim("The third meeting was held by video. [1]", "supported", (), (quote,)),),
        nearest=(quote,),
        advice=("Ask how the third meeting was held.",),
    )
    said = texts(shown(app, folder, refused))
    assert "The library says otherwise" in said
    assert "in virtual mode" in said
    assert "Ask how the third meeting was held" in said
    assert "Closest passages, which" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [("It costs about", "Draft, not checked: it was stopped"), ("", "Stopped before anything was written.")],
)
def test_a_stopped_answer_says_how_far_it_came(app: Start, folder: Path, text: str, said: str) -> None:
    stopped = texts(shown(app, folder, Exchange("What does ML-1 cost?", datetime.now(UTC), "stopped", text)))
    assert said in stopped
    assert text in stopped


def test_a_vote_and_a_word_to_it_are_kept(app: Start, folder: Path, answered: Exchange) -> None:
    at = shown(app, folder, answered)
    at.get("feedback")[0].set_value(0).run()
    field = next(each for each in at.text_input if each.label == "Comment")
    field.set_value("Out of date.").run()
    assert not at.exception
    kept = Conversations(folder)
    exchange = kept.exchanges(kept.find()[0].id)[0]
    assert (exchange.vote, exchange.remark) == (0, "Out of date.")
    assert "Out of date" in texts(at)


def test_an_address_with_a_question_asks_nothing_by_itself(app: Start, folder: Path) -> None:
    at = app()
    at.query_params["q"] = "Who co-chaired the fourth meeting of the Joint Working Group in Islamabad?"
    at.run()
    assert not at.exception
    assert "q" not in at.query_params
    at.run()
    assert not at.chat_message

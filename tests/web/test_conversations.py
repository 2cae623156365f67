"""Conversations are kept whole, found by their words, and deleted for good."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qa.core.types import Citation, Claim, Disagreement, Newer, Provenance, Side, Step, Turn
from qa.web.conversations import Conversations, Exchange, Source, turns

CITATION = Citation(1, "a1", "Title", "Desk", date(2024, 1, 21), None, "A quote.", 3, 11, page=2)
EXCHANGE = Exchange(
    question="Who met?",
    asked_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    outcome="answered",
    text="They met. [1]",
    claims=(Claim("They met. [1]", "partial", ("five",), (CITATION,)),),
    sources=(Source("a1", "Title", "Desk", date(2024, 1, 21), "official", "A quote.", 3, 11),),
)


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


def test_an_exchange_comes_back_as_it_was(kept: Conversations) -> None:
    id_ = kept.start("Who met?")
    kept.save(id_, 0, EXCHANGE)
    assert kept.exchanges(id_) == [EXCHANGE]


def test_a_later_save_replaces_an_exchange(kept: Conversations) -> None:
    id_ = kept.start("Who met?")
    kept.save(id_, 0, EXCHANGE)
    kept.save(id_, 0, Exchange("Who else?", EXCHANGE.asked_at, "stopped"))
    assert [exchange.question for exchange in kept.exchanges(id_)] == ["Who else?"]


@pytest.mark.parametrize(("words", "found"), [("who MET", 1), ("they met", 1), ("%", 0), ("_", 0), ("", 1)])
def test_a_conversation_is_found_by_what_was_said(kept: Conversations, words: str, found: int) -> None:
    kept.save(kept.start("Who met?"), 0, EXCHANGE)
    assert len(kept.find(words)) == found


def test_a_long_question_is_shortened_to_a_name(kept: Conversations) -> None:
    kept.start("word " * 40)
    assert len(kept.find()[0].name) <= 60


def test_a_deleted_conversation_leaves_nothing_and_takes_no_late_answer(kept: Conversations) -> None:
    id_ = kept.start("Who met?")
    kept.save(id_, 0, EXCHANGE)
    kept.delete(id_)
    kept.save(id_, 0, EXCHANGE)
    connection = sqlite3.connect(kept.path)
    assert connection.execute("SELECT count(*) FROM exchanges").fetchone() == (0,)
    assert kept.get(id_) is None


def test_only_what_was_answered_is_history() -> None:
    stopped = Exchange("And?", EXCHANGE.asked_at, "stopped", text="half")
    assert turns([EXCHANGE, stopped]) == [Turn("user", "Who met?"), Turn("assistant", "They met. [1]")]


def test_all_that_an_answer_carries_comes_back(kept: Conversations) -> None:
    newer = Newer("a2", "Newer", "Desk", date(2025, 1, 1))
    cited = replace(CITATION, speaker="the minister", newer=newer)
    whole = replace(
        EXCHANGE,
        brief="They",
        confidence=0.8,
        basis=Provenance(2, 9, 1, ("Desk",), date(2024, 1, 1), None, ("nothing after March 2021",)),
        steps=(Step("Who?", "They [1]", (cited,)),),
        disagreements=(Disagreement("the day", (Side("Monday", cited), Side("Tuesday", CITATION))),),
        corrections=(Claim("They did not. [1]", "supported", (), (cited,), "4 - 1 = 3"),),
        nearest=(CITATION,),
        advice=("Ask another.",),
        followups=("And when?",),
        vote=0,
        remark="No.",
    )
    id_ = kept.start("Who met?")
    kept.save(id_, 0, whole)
    assert kept.exchanges(id_) == [whole]


def test_conversations_kept_before_there_were_owners_still_open(tmp_path: Path) -> None:
    old = (
        '{"question":"Who met?","asked_at":"2026-01-02T03:04:00Z","outcome":"answered","text":"They met. [1]",'
        '"standalone":"","claims":[{"text":"They met. [1]","support":"partial","missing":["five"],"citations":'
        '[{"number":1,"article_id":"a1","title":"Title","publisher":"Desk","published":"2024-01-21","url":null,'
        '"quote":"A quote.","start":3,"end":11,"page":2}]}],"sources":[{"article_id":"a1","title":"Title",'
        '"publisher":"Desk","published":"2024-01-21","kind":"official","passage":"A quote.","start":3,"end":11,'
        '"story":""}],"note":null,"message":"","model":"","total_ms":0.0,"vote":null}'
    )
    with sqlite3.connect(tmp_path / "conversations.sqlite3") as connection:
        connection.executescript(
            "CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT NOT NULL, changed_at TEXT NOT NULL);"
            "CREATE TABLE exchanges (conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
            " position INTEGER NOT NULL, question TEXT NOT NULL, text TEXT NOT NULL, exchange TEXT NOT NULL,"
            " PRIMARY KEY (conversation_id, position));"
            "INSERT INTO conversations VALUES ('c1', 'Who met?', '2026-01-02T03:04:00+00:00');"
        )
        connection.execute("INSERT INTO exchanges VALUES ('c1', 0, 'Who met?', 'They met. [1]', ?)", (old,))
    connection.close()
    assert Conversations(tmp_path).exchanges("c1") == [EXCHANGE]
    assert [each.id for each in Conversations(tmp_path).find()] == ["c1"]


def test_readers_have_their_own_conversations(kept: Conversations) -> None:
    hers, his = kept.of("she"), kept.of("he")
    id_ = hers.start("Who met?")
    hers.save(id_, 0, EXCHANGE)
    assert his.find() == ()
    assert his.get(id_) is None
    assert his.exchanges(id_) == []
    his.rename(id_, "Mine")
    his.save(id_, 0, replace(EXCHANGE, question="Mine?"))
    his.delete(id_)
    assert [each.name for each in hers.find()] == ["Who met?"]
    assert hers.exchanges(id_) == [EXCHANGE]
    assert kept.find() == ()

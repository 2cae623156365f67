"""Answers on a terminal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qa.cli.output import show_answer
from qa.core.types import Answer, Citation, Claim, Provenance, Step, Timings


def quoted(number: int, quote: str) -> Citation:
    return Citation(
        number=number,
        article_id=f"a{number}",
        title="News",
        publisher="Dawn",
        published=dt.date(2024, 1, 21),
        url=None,
        quote=quote,
        start=0,
        end=len(quote),
    )


def test_the_parts_of_an_answer_are_told_with_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    mine, plant = quoted(1, "Anna Berg\nfounded the mine."), quoted(2, "The plant makes 720 MW of power.")
    answer = Answer(
        question="Who?",
        standalone="Who?",
        status="answered",
        text="Anna Berg [1] [2].",
        claims=(Claim("Anna Berg.", "supported", (), (mine, plant)),),
        hits=(),
        model="builtin",
        timings=Timings(),
        basis=Provenance(),
        timeframe=None,
        note=None,
        confidence=0.9,
        steps=(
            Step("who founded the mine", "Anna Berg founded the mine.", (mine,)),
            Step("what the plant makes", "720 MW", (plant,)),
        ),
    )
    show_answer(iter([{"answer": answer}]))
    said = capsys.readouterr().out
    assert "1. who founded the mine: [1]" in said
    assert "2. what the plant makes: 720 MW [2]" in said
    assert said.count("founded the mine.") == 1


def test_a_document_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    evil = replace(
        quoted(1, "It \x1b[2Jsank.\x07"),
        title="\x1b]0;Owned\x07News",
        publisher="D\x9bawn",
        notice="retraction",
    )
    answer = Answer(
        question="Who?",
        standalone="Wh\x1b[31mo?",
        status="answered",
        text="It sank.",
        claims=(Claim("It \x1b[31msank.", "supported", (), (evil,)),),
        hits=(),
        model="builtin",
        timings=Timings(),
        basis=Provenance(),
        timeframe=None,
        note=None,
    )
    show_answer(iter([{"answer": answer}]))
    printed = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\x9b"} & set(printed)
    assert "Retracted: its publisher has withdrawn this text." in printed

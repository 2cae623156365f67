"""What grammar says against a proof, over sentences of Fool Me Twice, FEVER-Symmetric and the traps' kinds."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import fetch
from qa.models.install import ensure
from qa.models.registry import PARSER, Model
from qa.verify.entailment import Pair
from qa.verify.grammar import GrammarChecked, contrary
from qa.verify.parser import Parser
from tests.qa.judging import YES, Judging

BUYS = "Skylark offered to buy Windhover."


@pytest.fixture(scope="module")
def parser() -> Parser:
    try:
        ensure(PARSER, Settings())
    except UnavailableError as error:
        pytest.skip(f"no parser: {error}")
    return Parser(Settings())


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        # Fool Me Twice
        (
            "Attila conquered Rome during his reign.",
            "He also attempted to conquer Roman Gaul (modern France), crossing the Rhine in 451 and marching as far as Aurelianum (Orléans) before being stopped in the Battle of the Catalaunian Plains.",
        ),
        (
            "Shaka assassinated his two half brothers after multiple fails.",
            "Dingane and Mhlangana, Shaka's half-brothers, appear to have made at least two attempts to assassinate Shaka before they succeeded, with perhaps support from Mpondo elements and some disaffected iziYendane people.",
        ),
        # FEVER-Symmetric
        (
            "Marjorie Gross writes for a television show .",
            "Marjorie Gross -LRB- April 18 , 1956 -- June 7 , 1996 -RRB- is yet to write for television .",
        ),
        # traps: asked for, conditional, forecast, planned
        (
            "The high court in Brennick suspended the sale of the Ostrel forest.",
            "A group of farmers asked the high court in Brennick on Tuesday to suspend the sale of the Ostrel forest.",
        ),
        (
            "The assembly approved the bill.",
            "If the assembly approves the bill, the landing fee at Norhaven will rise to 18 crowns a tonne in July.",
        ),
        ("Inflation fell to 4 per cent.", "Inflation is expected to fall to 4 per cent."),
        (
            "The foreign ministers of Moravna and Talmar met in Zellin on 5 December.",
            "The foreign ministers of Moravna and Talmar plan to meet in Zellin on 5 December.",
        ),
    ],
)
def test_what_is_only_planned_asked_for_or_conditional_is_not_done(
    parser: Parser, statement: str, text: str
) -> None:
    assert contrary(statement, text, parser) == "not done"


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (
            "Omar Haddad succeeded Petra Lindqvist as head of the dockers' union.",
            "Petra Lindqvist succeeded Omar Haddad as head of the dockers' union.",
        ),
        ("Lindqvist had beaten Haddad in 2020.", "Lindqvist was beaten by Haddad in 2020."),
    ],
)
def test_who_did_it_to_whom_is_told_in_the_active_and_the_passive(
    parser: Parser, statement: str, text: str
) -> None:
    assert contrary(statement, text, parser) == "exchanged"


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        # FEVER-Symmetric: what the text denies, the statement denies too.
        (
            "Pharrell Williams does not play drums .",
            "Despite being the lead vocalist of the rock-funk-hip hop band N * E * R * D , Pharrell Williams does not know how to play any musical instrument .",
        ),
        # traps
        (
            "The high court in Brennick was asked to suspend the sale of the Ostrel forest.",
            "A group of farmers asked the high court in Brennick on Tuesday to suspend the sale of the Ostrel forest.",
        ),
        (
            "Omar Haddad was succeeded by Petra Lindqvist.",
            "Petra Lindqvist succeeded Omar Haddad as head of the dockers' union.",
        ),
        # What these infinitives say happened.
        ("Lindqvist left the port.", "Petra Lindqvist managed to leave the port on Sunday."),
        ("She won the cup in 2019.", "She went on to win the cup in 2019."),
        ("The firm sold its mill.", "The firm was forced to sell its mill last year."),
        # Once planned, then done.
        (
            "Skylark bought Windhover.",
            f"{BUYS} A month later the airline bought Windhover for 30 million crowns.",
        ),
    ],
)
def test_grammar_is_silent_where_the_text_says_so(parser: Parser, statement: str, text: str) -> None:
    assert contrary(statement, text, parser) is None


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (
            "Der Rat verbot die Tüten.",
            "Der Rat will die Tüten verbieten. Der Rat wird die Tüten wohl verbieten.",
        ),
        (
            "Skylark bought Windhover.",
            "天雀航空计划收购风翼航空公司，但是尚未达成协议。Skylark offered to buy.",
        ),
    ],
)
def test_it_speaks_of_english_only(parser: Parser, statement: str, text: str) -> None:
    assert contrary(statement, text, parser) is None


def test_what_it_is_contrary_to_is_not_entailed_and_contradiction_is_left(parser: Parser) -> None:
    checked = GrammarChecked(Judging(), parser)
    done, offered = checked.judge([Pair(BUYS, "Skylark bought Windhover."), Pair(BUYS, BUYS)])
    assert (done.entails, done.contradicts) == (0.0, YES.contradicts)
    assert offered == YES


def test_threads_share_a_parser(parser: Parser) -> None:
    own, lines = Parser(Settings()), [f"Skylark bought {n} planes." for n in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(own.predicates, lines)) == [parser.predicates(line) for line in lines]


def test_without_the_model_the_verifier_judges_alone_after_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(model: Model, *_: object, **__: object) -> None:
        raise UnavailableError(f"The model {model.name} can't be fetched")

    monkeypatch.setattr(fetch, "fetch", unreachable)
    checked = GrammarChecked(Judging(), Parser(Settings(cache=tmp_path)))
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert checked.judge([Pair(BUYS, "Skylark bought Windhover.")]) == [YES]
    assert [record.message for record in caplog.records if "grammar" in record.message] == [
        "What is proved is not checked for its grammar: The model en-core-web-sm can't be fetched"
    ]

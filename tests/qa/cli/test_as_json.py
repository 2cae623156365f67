"""Answers as JSON, whatever they hold."""

from __future__ import annotations

import datetime as dt
import json

from qa.answer.proposal import Proposal
from qa.answer.response import respond
from qa.cli.as_json import answer_json
from qa.core.settings import Settings
from qa.core.types import Retrieval
from qa.search.timeframe import find_timeframe
from tests.qa.briefs import HITS


def test_a_question_that_compares_times_can_be_written_as_json() -> None:
    question = "Was the estimate of 2022 higher than the one of 2020?"
    timeframe = find_timeframe(question, dt.date(2024, 1, 21))
    assert timeframe is not None
    assert timeframe.others
    retrieval = Retrieval(question, HITS, timeframe=timeframe)
    said = respond(question, question, Proposal(), retrieval, Settings())
    written = json.loads(json.dumps(answer_json(said)))
    assert written["timeframe"]["others"][0]["since"] in ("2020-01-01", "2022-01-01")

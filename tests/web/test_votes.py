"""What readers judged comes out as questions that the evaluation takes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from test_conversations import CITATION, EXCHANGE

from eval.sets.folder import faults, load
from qa.core.types import Claim
from qa.web.conversations import Conversations
from qa.web.votes import questions

LIKED = replace(EXCHANGE, vote=1, brief="They")
DISLIKED = replace(EXCHANGE, question="And when?", standalone="When did they meet?", vote=0, remark="No day.")
REFUSED = replace(EXCHANGE, question="Who paid?", outcome="not_in_library", claims=(), vote=1)


def kept_in(folder: Path, owner: str = "") -> Conversations:
    kept = Conversations(folder, owner)
    id_ = kept.start("Who met?")
    for position, exchange in enumerate((LIKED, DISLIKED, replace(EXCHANGE, question="Unjudged?"), REFUSED)):
        kept.save(id_, position, exchange)
    return kept


def test_judged_answers_are_a_sound_eval_set(tmp_path: Path) -> None:
    kept = kept_in(tmp_path)
    (tmp_path / "set" / "documents").mkdir(parents=True)
    (tmp_path / "set" / "questions.jsonl").write_text(questions(kept), encoding="utf-8")
    assert list(faults(tmp_path / "set")) == []
    liked, disliked, refused = load(tmp_path / "set").questions
    assert liked.answers == ("They",)
    assert disliked.history[0].content == "Who met?"
    assert not disliked.answers
    assert refused.answerable is False


def test_an_answer_without_a_short_form_is_given_whole_and_unmarked(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    kept.save(
        kept.start("Who met?"),
        0,
        replace(LIKED, brief="", claims=(Claim("They met. [1]", "supported", (), (CITATION,)),)),
    )
    line = json.loads(questions(kept))
    assert line["answers"] == ["They met."]
    assert line["evidence"] == [{"url": "Title", "quote": "A quote."}]


def test_the_command_prints_what_everyone_judged(tmp_path: Path) -> None:
    kept_in(tmp_path)
    kept_in(tmp_path, "another reader")
    command = [sys.executable, "-m", "qa", "votes", "--library", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 6
    assert len({line["id"] for line in lines}) == 6
    assert [line["note"] for line in lines if "note" in line] == ["No day.", "No day."]

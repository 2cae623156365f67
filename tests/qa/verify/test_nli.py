"""A cross-encoder for natural language inference as the judge; a tiny one is made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from qa.core.errors import DatelineError
from qa.core.settings import Settings
from qa.verify.entailment import Pair
from qa.verify.nli import CrossEncoderVerifier
from qa.verify.parser import Parser
from qa.verify.verifier import open_verifier
from tests.qa.cross_encoders import LABELS, made

PAIRS = [
    Pair("The dam is open.", "The dam is not closed."),
    Pair("The bridge was closed.", "The dam is open."),
]


@pytest.mark.parametrize("labels", [LABELS, ("ENTAILMENT", "NEUTRAL", "CONTRADICTION")])
@pytest.mark.parametrize("favoured", ["entailment", "contradiction", "neutral"])
def test_the_labels_tell_which_probability_is_which(
    tmp_path: Path, labels: Sequence[str], favoured: str
) -> None:
    label = next(each for each in labels if each.lower() == favoured)
    found = CrossEncoderVerifier(made(tmp_path, labels, label)).judge(PAIRS)
    assert len(found) == len(PAIRS)
    for each in found:
        assert (each.entails > 0.9, each.contradicts > 0.9) == (
            favoured == "entailment",
            favoured == "contradiction",
        )


def test_it_is_opened_by_its_name_and_no_language_model_is_asked(tmp_path: Path) -> None:
    settings = Settings(library=tmp_path / "library", verifier=made(tmp_path, LABELS, "entailment"))
    (found,) = open_verifier(settings, lambda: FakeListChatModel(responses=[]), Parser(settings)).judge(
        PAIRS[:1]
    )
    assert found.entails > 0.9


def test_no_pairs_are_no_judgements(tmp_path: Path) -> None:
    assert list(CrossEncoderVerifier(made(tmp_path, LABELS)).judge([])) == []


def test_a_model_with_other_labels_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        DatelineError, match="labels are positive, negative; it takes a model with the labels"
    ):
        CrossEncoderVerifier(made(tmp_path, ("positive", "negative")))


def test_a_model_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    with pytest.raises(DatelineError, match="no such model can be loaded") as raised:
        CrossEncoderVerifier(missing)
    assert missing in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_that_holds_no_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{not json")
    with pytest.raises(DatelineError, match="no such model can be loaded"):
        CrossEncoderVerifier(str(tmp_path))

from __future__ import annotations

from qa.models.embedder import StaticEmbedder
from qa.search.maxsim import LateInteraction


def test_the_passage_with_the_questions_words_scores_highest(embedder: StaticEmbedder) -> None:
    texts = {"near": "The vessel reached the harbour.", "far": "Taxes rose last year.", "empty": ""}
    scores = LateInteraction(embedder).score("Which ship came to the port?", texts)
    assert scores["near"] > scores["far"] > scores["empty"]


def test_a_question_without_words_scores_nothing(embedder: StaticEmbedder) -> None:
    assert LateInteraction(embedder).score("", {"a": "text"}) == {"a": 0.0}

"""A cross-encoder for natural language inference as the verifier: any of sentence-transformers, by name."""

from __future__ import annotations

from collections.abc import Sequence

from qa.core.errors import DatelineError
from qa.verify.entailment import Entailment, Pair

_ENTAILMENT, _CONTRADICTION = "entailment", "contradiction"


class CrossEncoderVerifier:
    """Judges pairs with a model whose labels are entailment, contradiction and neutral."""

    def __init__(self, name: str) -> None:
        """Loads the model.

        Args:
            name: a model of the hub, or a folder.

        Raises:
            DatelineError: there is no such model, or it has other labels.
        """
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name)
        except Exception as error:  # Its libraries raise many kinds of errors for a damaged or unknown model.
            raise DatelineError(
                f"DATELINE_VERIFIER is {name!r}, and no such model can be loaded; name a cross-encoder for "
                "natural language inference, such as 'cross-encoder/nli-deberta-v3-small'."
            ) from error
        named = getattr(self._model.config, "id2label", None) or {}
        labels = {label.lower(): int(at) for at, label in named.items()}
        if not {_ENTAILMENT, _CONTRADICTION} <= labels.keys():
            raise DatelineError(
                f"DATELINE_VERIFIER is {name!r}, whose labels are {', '.join(labels) or 'none'}; "
                "it takes a model with the labels entailment, contradiction and neutral."
            )
        self._entails, self._contradicts = labels[_ENTAILMENT], labels[_CONTRADICTION]

    def judge(self, pairs: Sequence[Pair]) -> Sequence[Entailment]:
        """An entailment for each pair, in their order."""
        scores = self._model.predict(
            [(pair.text, pair.statement) for pair in pairs], apply_softmax=True, show_progress_bar=False
        )
        return [Entailment(float(row[self._entails]), float(row[self._contradicts])) for row in scores]

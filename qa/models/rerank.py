"""A cross-encoder that scores the best passages again, if a setting names one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class CrossEncoderReranker:
    """Reads question and passage together: slower than the other scores, and more accurate."""

    def __init__(self, name: str) -> None:
        """Loads a sentence-transformers cross-encoder by its name or folder."""
        from sentence_transformers import CrossEncoder

        self._model = CrossEncoder(name)

    def score(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """The model's score for each passage, [passages], in the model's own unit."""
        scores = self._model.predict([(query, passage) for passage in passages], show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32)

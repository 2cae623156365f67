from __future__ import annotations

import numpy as np
import pytest

from qa.core.settings import Settings
from qa.models.embedder import SentenceTransformerEmbedder
from qa.models.install import ensure
from qa.models.transformer import TransformerEmbedder, load_transformer

TEXTS = [
    "The port was dredged.",
    "Dredging of the port's navigation channel cost 14.5 million dollars, the ministry said on Monday.",
    "会议在伊斯兰堡举行。",
    "word " * 600,
    "",
]


@pytest.fixture(scope="module")
def transformer() -> TransformerEmbedder:
    return load_transformer(Settings())


@pytest.mark.slow
def test_its_vectors_are_close_to_those_of_the_model_itself(transformer: TransformerEmbedder) -> None:
    whole = SentenceTransformerEmbedder(str(ensure("all-minilm-l6-v2", Settings()))).embed(TEXTS)
    cosines = (transformer.embed(TEXTS) * whole).sum(axis=1)
    assert cosines.min() > 0.97


def test_a_text_s_vector_does_not_depend_on_what_it_is_embedded_with(
    transformer: TransformerEmbedder,
) -> None:
    together = transformer.embed(TEXTS)
    alone = np.concatenate([transformer.embed([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.99  # 8-bit activations are scaled by batch.
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_nothing_to_embed_is_no_vectors(transformer: TransformerEmbedder) -> None:
    assert transformer.embed([]).shape == (0, 384)

"""The embedder that the settings choose."""

from __future__ import annotations

from qa.core.settings import Settings
from qa.models import bounded, install
from qa.models.distillation import TEACHER
from qa.models.embedder import Embedder, LangChainEmbedder, SentenceTransformerEmbedder, load_static
from qa.models.multilingual import load_multilingual

_SERVED_SECONDS = 60.0  # until a batch's vectors begin to come, and again until the last has come
_SERVED_TEXTS = 1_000  # in a batch
_VECTOR_BYTES = 200_000  # of one text: 8,192 numbers, written out


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, fetched or made now where it isn't here.

    Raises:
        UnavailableError: it can't be had.
    """
    if settings.embeddings_url:
        key = settings.embeddings_key.get_secret_value() if settings.embeddings_key else "none"
        return _served(settings.embeddings, settings.embeddings_url, key)
    if settings.embeddings == "static":
        return load_static(settings)
    if settings.embeddings == "minilm":
        return SentenceTransformerEmbedder(str(install.ensure(TEACHER, settings)))
    if settings.embeddings == "multilingual":
        return load_multilingual(settings)
    return SentenceTransformerEmbedder(settings.embeddings)


def _served(name: str, url: str, key: str) -> LangChainEmbedder:
    """An embedding model behind an OpenAI-compatible address."""
    from langchain_openai import OpenAIEmbeddings
    from openai import DefaultHttpxClient
    from pydantic import SecretStr

    endless = (
        f"What the embedding model {name} at {url} sends does not come to an end; see that its server runs "
        "and that DATELINE_EMBEDDINGS_URL is its address."
    )
    replies = bounded.replies(DefaultHttpxClient, endless, _SERVED_SECONDS, _SERVED_TEXTS * _VECTOR_BYTES)
    model = OpenAIEmbeddings(
        model=name,
        base_url=url,
        api_key=SecretStr(key),
        check_embedding_ctx_length=False,
        chunk_size=_SERVED_TEXTS,
        timeout=_SERVED_SECONDS,
        http_client=DefaultHttpxClient(transport=replies),
    )
    return LangChainEmbedder(model, f"{name} at {url}")

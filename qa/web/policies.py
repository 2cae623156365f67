"""What a browser may do with the pages: load nothing from elsewhere, and show them in nobody's frame."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's own components come as blobs, and set styles from their scripts.
_CONTENT = (
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _CONTENT.encode()),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),  # A question may stand in the address.
    (b"x-content-type-options", b"nosniff"),
)


class Policies:
    """An ASGI middleware that adds them to each response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in _HEADERS}
                headers = [each for each in message.get("headers", ()) if each[0].lower() not in names]
                message["headers"] = [*headers, *_HEADERS]
            await send(message)

        await self._app(scope, receive, sending)

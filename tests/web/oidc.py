"""A stand-in OpenID Connect provider on loopback: whoever comes is let in as `subject`."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "dateline-tests"


class Provider:
    """Serves discovery, authorization, tokens and keys (OpenID Connect Core 1.0, the code flow)."""

    def __init__(self) -> None:
        self.subject = "she"
        self._key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self._nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._get(self)

            def do_POST(self) -> None:
                provider._post(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        match url.path:
            case "/.well-known/openid-configuration":
                _json(handler, self._about())
            case "/keys":
                _json(handler, {"keys": [self._key.as_dict(private=False)]})
            case "/authorize":
                code = secrets.token_urlsafe(8)
                self._nonces[code] = asked.get("nonce", "")
                handler.send_response(302)
                back = urlencode({"code": code, "state": asked["state"]})
                handler.send_header("Location", f"{asked['redirect_uri']}?{back}")
                handler.end_headers()
            case _:
                handler.send_error(404)

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        code = parse_qs(body)["code"][0]
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": self.subject,
            "name": f"Reader {self.subject}",
            "iat": now,
            "exp": now + 600,
            "nonce": self._nonces.pop(code),
        }
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self._key)
        _json(handler, {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }


def _json(handler: BaseHTTPRequestHandler, value: object) -> None:
    body = json.dumps(value).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)

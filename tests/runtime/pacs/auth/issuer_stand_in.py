"""An issuer of JSON web tokens: a real HTTP server on loopback, whose keys and answers a test may change."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
import jwt.algorithms
from cryptography.hazmat.primitives.asymmetric import ec, rsa

AUDIENCE = "imaging"


@dataclass
class StandIn:
    """`answers` replaces an address's document, or with a number its status; `calls` are the addresses asked for."""

    address: str = ""
    keys: dict[str, Any] = field(default_factory=dict[str, Any])
    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    calls: list[str] = field(default_factory=list[str])

    def rotate(self, kid: str) -> None:
        """Sign with a new key from now on, and publish no other."""
        self.keys = {kid: ec.generate_private_key(ec.SECP256R1())}

    def token(self, kid: str = "", key: Any = None, algorithm: str = "", **claims: Any) -> str:
        """Return a token that is taken, but for what is changed; a claim of None is left out."""
        kid = kid or next(iter(self.keys))
        key = key or self.keys[kid]
        now = int(time.time())
        said = {"iss": self.address, "aud": AUDIENCE, "sub": "radiologist", "iat": now, "exp": now + 300, **claims}
        kept = {name: value for name, value in said.items() if value is not None}
        kind = algorithm or ("RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256")
        return jwt.encode(kept, key, kind, headers={"kid": kid})

    def document(self, path: str) -> Any:
        """Return what the address answers."""
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.address, "jwks_uri": self.address + "/keys"}
        return {"keys": [public(kid, key) for kid, key in self.keys.items()]}


def public(kid: str, key: Any) -> dict[str, Any]:
    """Return a key as the issuer publishes it."""
    kind: Any = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}


@contextmanager
def serving() -> Iterator[StandIn]:
    """Run an issuer while the block runs."""
    state = StandIn()
    state.rotate("first")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.calls.append(self.path)
            answer = state.document(self.path)
            self.send_response(answer if isinstance(answer, int) else 200)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""The page on this machine: static files, its configuration, and a strict Content-Security-Policy."""

import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from runtime.local.emulator import free_port
from runtime.local.page import PageUnavailable, built

START_SECONDS = 10.0


def security_headers(origins: Iterable[str]) -> dict[str, str]:
    """Return the headers of every answer: only the page's own files run, only the given origins are spoken to."""
    others = " ".join(sorted(set(origins)))
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {others}",
        "connect-src": f"'self' {others}",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}".strip() for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def origin(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def create_app(folder: Path, configuration: Mapping[str, Any], storage: str) -> Starlette:
    """Return the application that serves the built page in `folder`; `storage` is the address of the signed outputs."""
    issuer = configuration.get("OIDC", {}).get("issuer")
    addresses = (configuration["API_BASE"], configuration["PACS_API_BASE"], storage, *([issuer] if issuer else []))
    headers = security_headers(origin(address) for address in addresses)
    root = folder.resolve()

    async def config(_: Request) -> Response:
        return JSONResponse(dict(configuration), headers={**headers, "Cache-Control": "no-cache"})

    async def page(request: Request) -> Response:
        asked = str(request.path_params["path"])
        file = (root / asked).resolve()
        if file.is_relative_to(root) and file.is_file() and ".vite" not in file.parts:
            # Names under assets/ hold the hash of what is in them.
            keep = "public, max-age=31536000, immutable" if asked.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={**headers, "Cache-Control": keep})
        if asked.startswith("assets/"):
            return PlainTextResponse("There is no such file.", 404, headers)
        # Every other address is the page's own: it reads it itself.
        return FileResponse(root / "index.html", headers={**headers, "Cache-Control": "no-cache"})

    return Starlette(routes=[Route("/config.json", config), Route("/{path:path}", page)])


class Page(NamedTuple):
    """Where the page is served, or in one line why it is not."""

    address: str = ""
    reason: str = ""


@contextmanager
def served(
    outputs: Mapping[str, Any], storage: str, port: int | None = None, *, wanted: bool = True
) -> Generator[Page]:
    """Serve the page of a stack while the block runs; it is built first where its sources are newer."""
    if not wanted:
        yield Page(reason="The web page is not served.")
        return
    try:
        folder = built()
    except PageUnavailable as unavailable:
        yield Page(reason=str(unavailable))
        return
    addresses = {"API_BASE": outputs["ProcessingApiEndpoint"], "PACS_API_BASE": outputs["PacsApiLB"]}
    with WebServer(folder, addresses, storage, port) as server:
        yield Page(address=server.address)


class WebServer:
    """Serves the page from a thread; a context manager."""

    def __init__(self, folder: Path, configuration: Mapping[str, Any], storage: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        app = create_app(folder, configuration, storage)
        settings = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning", server_header=False)
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start, and wait until it listens; RuntimeError where it does not."""
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(START_SECONDS / 0.02)):
            if self._server.started:
                return
            waited.wait(0.02)
        raise RuntimeError("the web server did not start")

    def stop(self) -> None:
        """Stop it."""
        self._server.should_exit = True
        self._thread.join(5)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

"""Serves the page of a stack on this machine, from one origin with both its APIs."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

import uvicorn

from runtime.local.emulator.emulator import free_port
from runtime.local.page.application import System, create_app
from runtime.local.page.build import PageUnavailable, built

START_SECONDS = 10.0

# What the page of a local system lets people do: whoever is at the machine adds images and operates the system.
MAY: Final = {"UPLOADS": True, "OPERATORS": True}


class Page(NamedTuple):
    """The address of the page, or one line that says why it is not served."""

    address: str = ""
    reason: str = ""


@contextmanager
def served(
    outputs: Mapping[str, Any],
    storage: str,
    port: int | None = None,
    access: Mapping[str, Any] | None = None,
    *,
    wanted: bool = True,
) -> Generator[Page]:
    """Serve the page of a stack while the block runs; build it first if its sources are newer."""
    if not wanted:
        yield Page(reason="The web page is not served.")
        return
    try:
        folder = built()
    except PageUnavailable as unavailable:
        yield Page(reason=str(unavailable))
        return
    system = System(outputs["ProcessingApiEndpoint"], outputs["PacsApiLB"], storage)
    with WebServer(folder, system, access, port=port) as server:
        yield Page(address=server.address)


class WebServer:
    """A web server of the page, in a thread; a context manager."""

    def __init__(
        self, folder: Path, system: System, access: Mapping[str, Any] | None = None, *, port: int | None = None
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        app = create_app(folder, system, access)
        settings = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning", server_header=False)
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start, and wait until it listens; raise RuntimeError if it does not."""
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

"""Task protection, against a real HTTP server in the ECS agent's place."""

import json
import queue
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from runtime.worker import log
from runtime.worker.protection import Protection
from tests.runtime.worker.conftest import Site


class Agent(ThreadingHTTPServer):
    """Notes what it is told; answers `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.status = 200

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class _Handler(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        assert isinstance(self.server, Agent)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, body))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def agent() -> Iterator[Agent]:
    with Agent() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


ON = ("/api/task-protection/v1/state", {"ProtectionEnabled": True, "ExpiresInMinutes": 30})
OFF = ("/api/task-protection/v1/state", {"ProtectionEnabled": False})


def test_it_is_on_while_busy_and_off_after(agent: Agent) -> None:
    protection = Protection(agent.uri)
    protection.idle()  # it is off to begin with: nothing to say
    for _ in range(3):
        protection.busy()
    protection.idle()
    protection.idle()
    protection.busy()
    protection.close()
    assert agent.calls == [ON, OFF, ON, OFF]


def test_it_is_asked_for_again_where_it_was_refused(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    said: queue.SimpleQueue[str] = queue.SimpleQueue()
    monkeypatch.setattr(log, "line", lambda event, **_: said.put(event))
    agent.status = 500
    protection = Protection(agent.uri)
    protection.busy()
    assert said.get(timeout=20) == "protection_failed"
    agent.status = 200
    protection.busy()
    protection.close()
    assert agent.calls == [ON, ON, OFF]


def test_it_does_nothing_outside_ecs() -> None:
    protection = Protection(None)
    protection.busy()
    protection.idle()
    protection.close()


def test_a_worker_is_protected_while_it_has_jobs(agent: Agent, site: Site) -> None:
    with site.worker(ECS_AGENT_URI=agent.uri) as worker:
        site.client.wait(site.send())
        site.wait_empty()
        while agent.calls[-1] != OFF:  # after a poll that brought nothing
            assert worker.process.poll() is None
            time.sleep(0.02)
        assert agent.calls == [ON, OFF]
        assert worker.stop() == 0


def test_an_agent_that_is_not_there_does_not_stop_the_worker(site: Site) -> None:
    with site.worker(ECS_AGENT_URI="http://127.0.0.1:9") as worker:
        (result,) = site.client.wait(site.send())
        assert result.status == "succeeded"
        worker.wait_log("protection_failed")

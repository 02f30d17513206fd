"""Task protection, with a real HTTP server instead of the ECS agent."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from runtime.worker import log
from runtime.worker.aws.task_protection import TaskProtection
from tests.runtime.worker.site import Site


class Agent(ThreadingHTTPServer):
    """A stand-in for the ECS agent that notes its calls and answers `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.status = 200
        self.answer = b"{}"
        self.seen = 0

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
        self.wfile.write(self.server.answer)

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


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Case:
    """A protection whose clock and jobs the test sets."""

    def __init__(self, agent: Agent, clock: Clock) -> None:
        self.agent, self.clock, self.jobs = agent, clock, 0
        self.protection = TaskProtection(agent.uri, lambda: self.jobs)

    def receive(self) -> None:
        self.jobs += 1
        self.protection.busy()

    def pass_time(self, seconds: int) -> None:
        """Let the heartbeat tend it, every second."""
        for _ in range(seconds):
            self.clock.now += 1
            self.protection.tend()

    def calls(self) -> list[tuple[str, dict[str, Any]]]:
        self.protection._pool.submit(lambda: None).result()  # pyright: ignore[reportPrivateUsage]
        return self.agent.calls


@pytest.fixture
def case(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    clock = Clock()
    monkeypatch.setattr("runtime.worker.aws.task_protection.time", clock)
    own = Case(agent, clock)
    yield own
    own.protection.close()


def test_it_is_on_while_busy_and_off_a_moment_after(case: Case) -> None:
    case.pass_time(60)  # it is off at first, so there is no call
    for _ in range(3):
        case.receive()
    case.pass_time(60)
    case.jobs = 0
    case.pass_time(4)
    assert case.calls() == [ON], "the next job may come in this moment"
    case.pass_time(60)
    assert case.calls() == [ON, OFF]
    case.receive()
    assert case.calls() == [ON, OFF, ON]


def test_a_job_of_many_hours_stays_protected_although_no_other_comes(case: Case) -> None:
    case.receive()
    expires = case.clock.now
    hours = 50  # ECS protects for at most 48 hours, counted anew from each call
    for _ in range(hours * 60):
        case.pass_time(60)
        count = len(case.calls())
        expires = case.clock.now + 30 * 60 if count > case.agent.seen else expires
        case.agent.seen = count
        assert expires > case.clock.now, "unprotected in the middle of a job"
    assert set(map(str, case.calls())) == {str(ON)}
    assert len(case.calls()) == 1 + hours * 4, "each quarter of an hour, and no more"


def test_it_is_asked_for_again_if_it_was_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    monkeypatch.setattr(log, "line", lambda event, **_: events.append(event))
    case.agent.status = 500
    case.receive()
    assert case.calls() == [ON] and events == ["protection_failed"]
    case.agent.status = 200
    case.pass_time(1)
    assert case.calls() == [ON, ON], "the heartbeat asks again, although no job came"


def test_an_answer_that_is_a_refusal_counts_as_one(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    monkeypatch.setattr(log, "line", lambda event, **fields: events.append(fields["error"]))
    case.agent.answer = b'{"failure": {"Reason": "DEPLOYMENT_BLOCKED"}}'
    case.receive()
    assert case.calls() == [ON] and "DEPLOYMENT_BLOCKED" in events[0]


def test_it_does_nothing_outside_ecs() -> None:
    protection = TaskProtection(None, lambda: 1)
    protection.busy()
    protection.tend()
    protection.close()


def test_a_worker_is_protected_while_it_has_jobs(agent: Agent, site: Site) -> None:
    with site.worker(ECS_AGENT_URI=agent.uri) as worker:
        site.client.wait(site.send())
        site.wait_empty()
        while agent.calls[-1] != OFF:  # a moment after the last job
            assert worker.process.poll() is None
            time.sleep(0.02)
        assert agent.calls == [ON, OFF]
        assert worker.stop() == 0


def test_an_agent_that_is_not_there_does_not_stop_the_worker(site: Site) -> None:
    with site.worker(ECS_AGENT_URI="http://127.0.0.1:9") as worker:
        (result,) = site.client.wait(site.send())
        assert result.status == "succeeded"
        worker.wait_log("protection_failed")

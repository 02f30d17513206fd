"""No file makes a process use more than its budget, or a call last longer than its deadline."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from starlette.testclient import TestClient

from runtime.pacs.app import create_app
from runtime.pacs.app_state import AppState
from runtime.pacs.decoding import pool
from runtime.pacs.settings import PARSER_MIB, SERVER_MIB, Settings
from tests.fuzz.bucket import Bucket
from tests.fuzz.conftest import bounded
from tests.fuzz.hostile import HOSTILE, PLAIN
from tests.fuzz.mutations import damaged
from tests.fuzz.test_routes import addresses
from tests.fuzz.test_worker import BYTES, Child
from tests.fuzz.test_worker import child as child  # the fixture

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone says how much memory a process had")
TASK_MIB = 1024
CODE_MIB = 128  # shared libraries, which RLIMIT_DATA does not count


def peak(process: Any) -> int:
    """Return the most memory that a process had, in MiB."""
    return _status(process, "VmHWM")


def _status(process: Any, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) >> 10


@pytest.fixture(scope="module")
def small(bucket: Bucket) -> Iterator[TestClient]:
    """The PACS API as in a task of 1 GiB."""
    with TestClient(create_app(Settings(bucket="fuzz", decoders=1, memory_mib=TASK_MIB), bucket)) as client:
        yield client


def state_of(client: TestClient) -> AppState:
    app: Any = client.app
    return app.state.shared


def check_budgets(client: TestClient) -> None:
    """Check what the processes had that live; one that asked for more than it may was ended."""
    state = state_of(client)
    for each, most in ((state.pool, state.settings.decoder_bytes >> 20), (state.parsers, PARSER_MIB)):
        for decoder in each._idle:
            for process in decoder._processes():
                if not decoder.has_died:
                    assert peak(process.pid) <= most + CODE_MIB


async def give_up(calls: set[Any], timeout: float | None = None) -> tuple[set[Any], set[Any]]:
    """Wait no moment: on a busy machine, a call may have ended after no time at all."""
    return set(), calls


def forget_peak() -> int:
    """Begin anew with the calling process's peak; return what it has, in MiB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("self", "VmRSS")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_no_process_more_than_its_budget(small: TestClient, bucket: Bucket, name: str) -> None:
    bucket.objects.clear()
    study = name.replace(" ", "-")
    for image in range(12):  # a listing reads their headers side by side
        bucket.objects[f"{study}/s/{image or 'i'}.dcm"] = HOSTILE[name]
    before = forget_peak()
    for address, headers in addresses(study):
        if "dicom" not in headers.get("accept", ""):  # the test's client, not the server, holds it as a whole
            assert small.get(address, headers=headers).status_code in (200, 404, 422), address
            check_budgets(small)
    assert peak("self") - before <= SERVER_MIB
    assert small.get("/health").status_code == 200


@given(damaged())
@bounded(10)
def test_a_damaged_file_costs_no_process_more_than_its_budget(
    small: TestClient, bucket: Bucket, drawn: tuple[str, bytes]
) -> None:
    bucket.objects.clear()
    study = f"m{hash(drawn[1])}"
    bucket.objects[f"{study}/s/i.dcm"] = drawn[1]
    before = forget_peak()
    for address, headers in addresses(study):
        assert small.get(address, headers=headers).status_code < 500
        check_budgets(small)
    assert peak("self") - before <= SERVER_MIB


def test_each_route_answers_at_its_deadline_and_serves_afterwards(
    small: TestClient, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.objects.clear()
    state = state_of(small)
    with monkeypatch.context() as late:
        for each in (state.pool, state.parsers):
            late.setattr(each, "seconds", 0.0)
        late.setattr(pool, "asyncio", SimpleNamespace(**{**vars(asyncio), "wait": give_up}))
        bucket.objects["late/s/i.dcm"] = PLAIN
        for address, headers in addresses("late"):
            answer = small.get(address, headers=headers)
            listed = address.endswith(("/series", "/images")) or "dicom" in headers.get("accept", "")
            assert answer.status_code == (200 if listed else 422), address  # an index lists what it cannot describe
            assert listed or "took longer than 0 s" in answer.json()["detail"] or "frame" in address
    bucket.objects["again/s/i.dcm"] = PLAIN
    for address, headers in addresses("again"):
        # it has one frame, and is no segmentation
        wanted = 404 if "frame=2" in address else 422 if address.endswith("/segments") else 200
        assert small.get(address, headers=headers).status_code == wanted, address


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_the_workers_child_no_more_than_its_budget(child: Child, name: str) -> None:
    reply = child.compute(HOSTILE[name], "regular")
    assert getattr(reply, "code", "done") in ("input_unreadable", "input_unsupported", "out_of_memory", "done"), reply
    assert child.peak_mib() <= (BYTES >> 20) + CODE_MIB

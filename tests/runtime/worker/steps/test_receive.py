"""What is received together stays in its order, whatever of it this release cannot read."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from runtime.contracts.messages import encode_job
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.refuse import readable_job_id
from runtime.worker.steps.receive import Receiver
from tests.runtime.worker.steps.test_compute import Queue
from tests.runtime.worker.steps.test_heartbeat import jobs


def received(number: int, group: str, body: str) -> dict[str, Any]:
    attributes = {"MessageGroupId": group, "ApproximateReceiveCount": "1", "SentTimestamp": "1"}
    return {"ReceiptHandle": f"r{number}", "Body": body, "Attributes": attributes}


def test_no_message_overtakes_a_newer_one_of_its_group() -> None:
    queue, held = Queue(), HeldJobs(Prefetch(1))
    bodies = [encode_job(each.message) for each in jobs(3)]
    newer = '{"version":99}'
    messages = [received(0, "a", bodies[0]), received(1, "b", newer), received(2, "b", bodies[1])]
    messages.append(received(3, "c", bodies[2]))
    nothing: Any = SimpleNamespace(submit=lambda jobs: None)
    signs: list[bool] = []
    receiver = Receiver(
        algorithm="a",
        lease_seconds=60,
        folder=Path(),
        queue=queue,  # pyright: ignore[reportArgumentType]
        jobs=held,
        preparer=nothing,
        refusal=nothing,
        protection=nothing,
        dependencies=nothing,
        make_room=lambda: None,
        sign_of_life=lambda: signs.append(True),
    )
    receiver._take(messages, overflow=False, yields=False)  # pyright: ignore[reportPrivateUsage]
    assert [each.receipt.handle for each in held.jobs()] == ["r0", "r3"]
    follower, (left, pause) = queue.given_back  # the last first: SQS gives none behind one that is leased
    assert (follower, left) == (("r2", 0.0), "r1") and pause > 0
    assert len(signs) == len(messages), "the worker does not hang, however long each message takes"


def test_an_id_is_not_looked_for_in_a_message_that_is_too_deep() -> None:
    assert readable_job_id('{"job_id":' + "[" * 5000 + "]" * 5000 + "}") is None


def test_a_worker_that_may_not_write_into_its_folder_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Any = None
    receiver = Receiver(
        algorithm="a",
        lease_seconds=60,
        folder=tmp_path,
        queue=nothing,
        jobs=nothing,
        preparer=nothing,
        refusal=nothing,
        protection=nothing,
        dependencies=Dependencies(60, pytest.fail),
        make_room=lambda: None,
        sign_of_life=lambda: None,
    )
    assert receiver._has_disk()  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(os, "access", lambda *_: False)  # as it is for another user than root
    with pytest.raises(PermissionError, match="may not write"):
        receiver._has_disk()  # pyright: ignore[reportPrivateUsage]

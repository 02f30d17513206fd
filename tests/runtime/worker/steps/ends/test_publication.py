"""A distribution's topic that fails holds up no client's result."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from runtime.worker.aws.jobs_table import WriteAnswer
from runtime.worker.jobs.outcome import cancelled, result
from runtime.worker.steps import dependencies
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.ending import Ending
from runtime.worker.steps.ends.publication import SIDE_TRIES, Publication
from tests.runtime.worker.steps.test_heartbeat import jobs


def test_it_is_tried_a_few_times_and_then_once_for_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 0.0)
    tries: list[int] = []

    def to_distribution(messages: Any) -> dict[str, str]:
        tries[-1] += 1
        raise EndpointConnectionError(endpoint_url="https://sns")

    topics: Any = SimpleNamespace(to_clients=lambda messages: {}, to_distribution=to_distribution)
    noted: list[tuple[str, set[str]]] = []

    def note_published(times: dict[str, int], undistributed: Any) -> list[WriteAnswer]:
        noted.extend((job_id, set(undistributed)) for job_id in times)
        return [WriteAnswer() for _ in times]

    table: Any = SimpleNamespace(note_published=note_published)
    tracker = Dependencies(900, lambda reason: None)
    publication = Publication(topics=topics, table=table, dependencies=tracker)
    for job in jobs(2):
        tries.append(0)
        job.mark("published")
        assert publication.publish([Ending(job, result(job, cancelled(), "d 1"), "{}")]) == {}
        assert noted[-1] == (job.job_id, {job.job_id})
    assert tries == [SIDE_TRIES, 1]
    assert tracker.may_receive() is None

"""Batches, times, and the refusal of parameters."""

from collections.abc import Iterator
from typing import Any, cast

import click
import pytest

from clients.cli.client import ApiError, Client
from clients.cli.jobs import many, values
from clients.cli.terminal import since

CONTEXT, OPTION = click.Context(click.Command("jobs")), click.Option(["--since"])


def test_times_are_read_as_durations_or_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since.time, "time", lambda: 10_000_000.0)
    assert since.check(CONTEXT, OPTION, "2h") == (10_000_000 - 7200) * 1000
    assert since.check(CONTEXT, OPTION, "1970-01-02T00:00+00:00") == 86_400_000
    with pytest.raises(click.BadParameter, match="neither a time"):
        since.check(CONTEXT, OPTION, "yesterday")


def test_a_misspelt_parameter_is_told_once_with_what_was_meant() -> None:
    faults = [{"pointer": "/parameters/sigm", "detail": "is not known here"}]
    problem = {"title": "The request does not fit", "detail": "/parameters/sigm is not known here.", "errors": faults}
    with pytest.raises(ApiError) as refused, values.meant({"properties": {"sigma": {}, "planes": {}}}):
        raise ApiError(problem)
    assert str(refused.value) == "The request does not fit\n  /parameters/sigm: is not known here; did you mean sigma?"


class Api:
    """Takes batches as long as there is room, and ends every job at once; notes what was sent and cancelled."""

    def __init__(self, room: int = 10**6, limit: int = 10**6) -> None:
        self.room, self.limit, self.batches, self.cancelled = room, limit, list[int](), list[str]()
        self.ended: dict[str, dict[str, Any]] = {}

    def submit_batch(
        self, algorithm: str, pacs: list[dict[str, str]], parameters: dict[str, Any], inputs: dict[str, Any]
    ) -> dict[str, Any]:
        if len(pacs) > self.limit:
            raise ApiError({"code": "invalid_request", "errors": [{"pointer": "/pacs", "detail": "has too many"}]})
        if len(pacs) > self.room:
            raise ApiError({"code": "too_many_open_jobs" if self.batches else "invalid_request"})
        self.room -= len(pacs)
        self.batches.append(len(pacs))
        batch_id = f"b-{len(self.batches)}"
        job_ids = [f"{batch_id}-{number}" for number in range(len(pacs))]
        for job_id, each in zip(job_ids, pacs, strict=True):
            error = {"code": "input_not_found", "message": "gone"} if each["image_id"] == "lost" else None
            status = "failed" if error else "succeeded"
            result = {"job_id": job_id, "status": status, "pacs": each, "error": error}
            said = {
                "ports": [{"name": "volume", "unit": "ml"}],
                "measurements": {"volume": 3},
                "missing": ["The rest."],
            }
            self.ended[job_id] = {**result, **({"measurements": {}} if error else said)}
        return {"batch_id": batch_id, "job_ids": job_ids}

    def wait_all(self, job_ids: list[str]) -> Iterator[dict[str, Any]]:
        self.room += len(job_ids)
        return (self.ended[job_id] for job_id in job_ids)

    def cancel_batch(self, batch_id: str) -> None:
        self.cancelled.append(batch_id)


def images(*names: str) -> list[dict[str, str]]:
    return [{"study_id": "1", "series_id": "2", "image_id": name, "scope": "image"} for name in names]


def run(api: Api, references: list[dict[str, str]]) -> bool:
    return many.run(cast(Client, api), "gaussian", references, {}, None, {})


def test_many_jobs_go_in_batches_and_each_id_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    api = Api()
    assert run(api, images(*map(str, range(2500))))
    assert api.batches == [1000, 1000, 500]
    printed = capsys.readouterr().err
    assert printed.startswith("batch b-1\njob b-1-0 1/2/0\njob b-1-1 1/2/1\n")
    assert "job b-3-499 1/2/2499\n" in printed
    assert printed.endswith("2500 succeeded\n")


def test_a_batch_for_which_there_is_no_room_waits_until_those_before_have_ended() -> None:
    api = Api(room=1500)
    assert run(api, images(*map(str, range(2500))))
    assert (api.batches, api.cancelled) == ([1000, 1000, 500], [])


def test_batches_are_smaller_if_the_client_may_not_have_so_many_jobs() -> None:
    api = Api(room=100, limit=100)
    assert run(api, images(*map(str, range(300))))
    assert (api.batches, api.cancelled) == ([75, 75, 75, 75], [])


def test_a_job_that_failed_is_told_with_its_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run(Api(), images("1", "lost"))
    printed = capsys.readouterr()
    assert "1/2/lost: failed: input_not_found: gone" in printed.err
    assert printed.out == "1/2/1: volume = 3 ml\n" and "1/2/1: missing: The rest.\n" in printed.err


def test_if_a_batch_is_refused_those_before_it_are_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    api = Api(room=1000)
    with pytest.raises(ApiError):
        run(Api(room=10), images(*map(str, range(1000))))
    monkeypatch.setattr(api, "wait_all", lambda job_ids: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run(api, images(*map(str, range(1001))))
    assert api.cancelled == ["b-1"]

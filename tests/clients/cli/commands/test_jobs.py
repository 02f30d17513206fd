"""The lists of `imaging jobs` and `retry`: what is sent anew, and what is said if nothing is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clients.cli.commands import jobs
from clients.cli.main import main

RESULT: dict[str, Any] = {"pacs": {"study_id": "1", "volume": None}, "parameters": {"sigma": 2}}
FAULT = {"code": "input_not_found", "message": "The PACS has no study 1."}


class Api:
    """Lists two failed jobs, of which an operator has sent one anew, and a job that ended well."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def jobs(self, *_: Any) -> Iterator[dict[str, Any]]:
        job = {"algorithm": "gaussian", "result": RESULT, "hops": {"accepted": 0}, "estimate": None, "progress": 0.0}
        yield {**job, "job_id": "again", "state": "failed", "error": FAULT, "retried_as": None}
        yield {**job, "job_id": "settled", "state": "failed", "error": FAULT, "retried_as": "again"}
        yield {**job, "job_id": "well", "state": "succeeded", "error": None, "retried_as": None}

    def algorithms(self) -> dict[str, Any]:
        return {}

    def submit(self, *given: Any, key: str | None) -> str:
        self.sent.append((*given, key))
        return "new"


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Api:
    """The API behind the lasting client."""
    api = Api()

    @contextmanager
    def lasting(*_: Any) -> Iterator[Api]:
        yield api

    monkeypatch.setattr(jobs.account, "lasting", lasting)
    return api


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_what_an_operator_has_sent_anew_is_not_sent_twice(api: Api) -> None:
    done = run("retry", "--failed")
    assert (done.exit_code, done.stdout) == (0, "again -> new\n")
    assert api.sent == [("gaussian", {"study_id": "1"}, {"sigma": 2}, {}, "retry-again")]


def test_a_list_of_nothing_says_so(api: Api) -> None:
    done = run("retry", "--failed", "--reason", "algorithm_failed")
    assert (done.exit_code, done.stdout, done.stderr, api.sent) == (0, "", "there is no such job\n", [])
    listed = run("jobs", "--failed", "--limit", "5")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["again", "settled"]
    assert listed.stderr == ""

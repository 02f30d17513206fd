"""The lists of `imaging jobs` and `retry`: what is sent anew, and what is said if nothing is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner, Result

from clients.cli.client import ApiError
from clients.cli.commands import jobs
from clients.cli.main import main
from clients.cli.terminal.exit_codes import REFUSED

RESULT: dict[str, Any] = {"pacs": {"study_id": "1", "volume": None}, "parameters": {"sigma": 2}}
FAULT = {"code": "input_not_found", "message": "The PACS has no study 1."}


class Api:
    """Lists two failed jobs, of which an operator has sent one anew, and a job that ended well."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self.refuses = ""

    def jobs(self, *_: Any) -> Iterator[dict[str, Any]]:
        job = {"algorithm": "gaussian", "result": RESULT, "hops": {"accepted": 0}, "estimate": None, "progress": 0.0}
        yield {**job, "job_id": "again", "state": "failed", "error": FAULT, "retried_as": None}
        yield {**job, "job_id": "settled", "state": "failed", "error": FAULT, "retried_as": "again"}
        yield {**job, "job_id": "well", "state": "succeeded", "error": None, "retried_as": None}

    def algorithms(self) -> dict[str, Any]:
        return {}

    def job(self, job_id: str) -> dict[str, Any]:
        return {**next(self.jobs()), "job_id": job_id}

    def submit(self, *given: Any, key: str | None) -> str:
        if self.refuses:
            raise ApiError({"code": self.refuses, "detail": "refused"})
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


def test_one_that_is_refused_keeps_no_other_from_being_sent(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = "1" * 32, "2" * 32
    known = api.job

    def job(job_id: str) -> dict[str, Any]:
        if job_id == first:
            raise ApiError({"code": "forbidden", "detail": "This is not one of your jobs."})
        return known(job_id)

    monkeypatch.setattr(api, "job", job)
    done = run("retry", first, second, second)
    assert (done.exit_code, done.stdout) == (REFUSED, f"{second} -> new\n")
    assert done.stderr == f"{first}: This is not one of your jobs.\n"
    assert len(api.sent) == 1


def test_a_refusal_that_each_would_get_ends_the_command(api: Api) -> None:
    api.refuses = "too_many_open_jobs"
    with pytest.raises(ApiError):
        run("retry", "1" * 32, "2" * 32)


def test_a_list_of_nothing_says_so(api: Api) -> None:
    done = run("retry", "--failed", "--reason", "algorithm_failed")
    assert (done.exit_code, done.stdout, done.stderr, api.sent) == (0, "", "there is no such job\n", [])
    listed = run("jobs", "--failed", "--limit", "5")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["again", "settled"]
    assert listed.stderr == ""

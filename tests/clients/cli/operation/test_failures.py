"""What `imaging failures` says and asks for: why jobs of any client failed, and what becomes of them."""

import json
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from clients.cli.commands import failures
from clients.cli.operation import signed, system

SECOND = 1000
NEWEST = 1_800_000_000_000


def failure(number: int, code: str, algorithm: str = "busy") -> dict[str, Any]:
    return {
        "job_id": f"{number:032x}",
        "client_id": "c",
        "algorithm": algorithm,
        "state": "failed",
        "attempts": 1,
        "accepted_at": NEWEST - number * SECOND,
        "published_at": None,
        "error": {"code": code, "message": f"It is {code}.", "retryable": False},
    }


FAILURES = [
    failure(1, "timed_out", "idle"),
    failure(2, "input_not_found"),
    failure(3, "input_not_found"),
    failure(4, "out_of_memory"),
]


class Operations:
    """An API with two pages of failures, the last of which has no client any more."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.refusal: httpx.Response | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.refusal:
            return self.refusal
        if request.method == "GET":
            query = dict(request.url.params)
            self.calls.append((request.url.path, query))
            found = [each for each in FAILURES if query.get("reason") in (None, each["error"]["code"])]
            first, second = (found[2:], None) if "cursor" in query else (found[:2], "next" if found[2:] else None)
            return httpx.Response(200, json={"failures": first, "cursor": second})
        job_ids = json.loads(request.content)["job_ids"]
        self.calls.append((request.url.path, job_ids))
        gone = [each for each in job_ids if each == FAILURES[-1]["job_id"]]
        return httpx.Response(
            200,
            json={
                "settled": [{"job_id": each, "retried_as": each[::-1]} for each in job_ids if each not in gone],
                "refused": [{"job_id": each, "code": "client_removed", "detail": "It is gone."} for each in gone],
            },
        )


@pytest.fixture
def operations(monkeypatch: pytest.MonkeyPatch) -> Operations:
    stand_in = Operations()
    known = system.System(lambda service: None, "t", (), "http://api.test")
    monkeypatch.setattr(system, "find", lambda outputs: known)
    transport = httpx.MockTransport(stand_in)
    monkeypatch.setattr(signed, "calls", lambda looked_at: httpx.Client(base_url=looked_at.api, transport=transport))
    return stand_in


def run(*arguments: str) -> Result:
    return CliRunner().invoke(failures.failures, arguments)


def test_failures_are_counted_by_reason_and_listed_newest_first(operations: Operations) -> None:
    answer = json.loads(run("--json").stdout)
    assert [each["job_id"][-1] for each in answer["failures"]] == ["1", "2", "3", "4"]
    assert answer["reasons"][0] == {"reason": "input_not_found", "algorithm": "busy", "jobs": 2}
    assert [set(query) for _, query in operations.calls] == [{"since"}, {"since", "cursor"}]


def test_each_failure_is_a_line_with_its_reason(operations: Operations) -> None:
    head, *lines = run("--limit", "1").stdout.splitlines()
    assert head.split() == ["reason", "algorithm", "jobs"]
    assert len(lines) == 4 and lines[-1].endswith("idle  timed_out: It is timed_out.")
    assert run("--reason", "cancelled").stdout == "No job failed.\n"


def test_all_of_a_reason_are_retried(operations: Operations) -> None:
    done = run("--reason", "input_not_found", "--retry")
    ids = [each["job_id"] for each in FAILURES[1:3]]
    assert (done.exit_code, operations.calls[-1]) == (0, ("/operations/failures/retry", ids))
    assert done.stdout.splitlines() == [f"{each} -> {each[::-1]}" for each in ids]


def test_single_jobs_are_discarded_fifty_in_a_call_and_a_refusal_is_an_exit_code(operations: Operations) -> None:
    ids = [f"{number:032x}" for number in range(100, 159)]
    done = run("--discard", *ids, FAILURES[-1]["job_id"])
    assert [len(asked) for _, asked in operations.calls] == [50, 10]
    assert done.exit_code == 1
    assert done.stderr == f"{FAILURES[-1]['job_id']}: client_removed: It is gone.\n"
    assert done.stdout.splitlines() == [f"{each} discarded" for each in ids]


@pytest.mark.parametrize(
    "arguments",
    [("--retry",), ("0" * 32,), ("--retry", "--discard", "0" * 32), ("--retry", "--reason", "x", "0" * 32)],
)
def test_what_is_to_be_done_with_which_must_be_clear(operations: Operations, arguments: tuple[str, ...]) -> None:
    assert (run(*arguments).exit_code, operations.calls) == (2, [])


def test_who_is_not_allowed_is_told_which_right_is_missing(operations: Operations) -> None:
    operations.refusal = httpx.Response(403, json={"message": "Forbidden"})
    refused = run()
    assert (refused.exit_code, "execute-api:Invoke" in refused.stderr) == (3, True)

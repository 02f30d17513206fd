"""What `imaging failures` says: why jobs of any client failed, and how many of each reason."""

import json

from clients.cli import failures
from clients.cli.operation.system import System
from tests.clients.cli.operation.conftest import Put

NOW = 1_800_000_000_000
HOUR = 3_600_000


def fail(put: Put, algorithm: str, code: str, ago: int, state: str = "failed") -> None:
    error = json.dumps({"code": code, "message": f"It is {code}."})
    put(algorithm, state, NOW - ago - 1000, t_published=NOW - ago, error=error, attempts=1)


def test_failures_are_counted_by_reason_and_listed_newest_first(stack: System, put: Put) -> None:
    fail(put, "busy", "out_of_memory", 3000)
    fail(put, "busy", "input_missing", 2000)
    fail(put, "busy", "input_missing", 1000)
    fail(put, "idle", "timed_out", 500, "timed_out")
    fail(put, "idle", "timed_out", 2 * HOUR)
    put("idle", "succeeded", NOW - 1000, t_published=NOW)
    answer = failures.report(stack, NOW, HOUR)
    assert [each["error"]["code"] for each in answer["failures"]] == [
        "timed_out",
        "input_missing",
        "input_missing",
        "out_of_memory",
    ]
    assert answer["reasons"][0] == {"reason": "input_missing", "algorithm": "busy", "jobs": 2}
    assert answer["unread_dead_letters"] == {"busy": 1}
    some = failures.report(stack, NOW, HOUR, reason="input_missing")["failures"]
    assert [each["algorithm"] for each in some] == ["busy", "busy"]
    assert failures.report(stack, NOW, HOUR, algorithm="idle")["unread_dead_letters"] == {}


def test_each_failure_is_a_line_with_its_reason(stack: System, put: Put) -> None:
    fail(put, "busy", "out_of_memory", 1000)
    put("idle", "timed_out", NOW - 2000)
    head, *lines = failures.text(failures.report(stack, NOW, HOUR), 20).splitlines()
    assert head.split() == ["reason", "algorithm", "jobs"]
    assert lines[2].endswith("not told yet  idle  unknown: The table holds no reason.")
    assert lines[3].endswith("busy  out_of_memory: It is out_of_memory.")
    assert lines[4] == "busy: 1 dead letter(s) that the function dead-letters has not read; see its log."
    assert len(failures.text(failures.report(stack, NOW, HOUR), 0).splitlines()) == 4


def test_nothing_failed(stack: System) -> None:
    answer = failures.report(stack, NOW, HOUR, algorithm="idle")
    assert failures.text(answer, 20) == "No job failed."

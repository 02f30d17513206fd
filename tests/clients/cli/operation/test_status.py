"""What `imaging status` says of a system: its queues, its tasks, and what the table knows of its jobs."""

import io
import json
from typing import Any

import click
import pytest

from clients.cli.commands import status
from clients.cli.operation import system
from runtime.operation import open_jobs
from runtime.operation.system import System
from tests.clients.cli.operation.conftest import Put

NOW = 1_800_000_000_000
MINUTE = 60_000
COST = {"busy": 0.01, "idle": 0.02}


def by_name(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each.pop("algorithm"): each for each in answer["algorithms"]}


def test_queues_tasks_and_cost_are_those_of_each_algorithm(stack: System) -> None:
    rows = by_name(status.report(stack, COST, NOW))
    assert list(rows) == ["busy", "idle"], "what has no service record is not deployed"
    busy = rows["busy"]
    assert (busy["waiting"], busy["held"], busy["wanted_tasks"]) == (5, 1, 2)
    assert busy["usd_to_clear"] == pytest.approx(0.06)
    assert rows["idle"] == {
        "waiting": 0,
        "held": 0,
        "tasks": 0,
        "wanted_tasks": 0,
        "oldest_seconds": None,
        "failed_last_hour": 0,
        "usd_to_clear": 0,
    }


def test_the_oldest_open_job_and_the_failures_of_the_last_hour_are_found(stack: System, put: Put) -> None:
    put("busy", "queued", NOW - 5 * MINUTE)
    put("busy", "running", NOW - 9 * MINUTE)
    put("busy", "succeeded", NOW - 30 * MINUTE, t_published=NOW - MINUTE)
    put("busy", "failed", NOW - 300 * MINUTE, t_published=NOW - 59 * MINUTE)
    put("busy", "failed", NOW - 300 * MINUTE, t_published=NOW - 61 * MINUTE)
    put("idle", "timed_out", NOW - 20 * MINUTE)
    rows = by_name(status.report(stack, COST, NOW))
    assert (rows["busy"]["oldest_seconds"], rows["busy"]["failed_last_hour"]) == (540, 1)
    assert (rows["idle"]["oldest_seconds"], rows["idle"]["failed_last_hour"]) == (None, 1)


def test_a_look_at_a_part_says_so(stack: System, put: Put) -> None:
    for minutes in range(3):
        put("busy", "queued", NOW - minutes * MINUTE)
    assert open_jobs.look(stack, NOW, 60 * MINUTE).whole
    part = open_jobs.look(stack, NOW, 60 * MINUTE, most=2)
    assert (part.whole, part.oldest) == (False, {"busy": NOW - 2 * MINUTE})


def test_the_table_has_a_line_for_each_algorithm() -> None:
    row = {"waiting": 5, "held": 1, "tasks": 1, "wanted_tasks": 2, "oldest_seconds": 7300, "failed_last_hour": 3}
    rows = [
        {"algorithm": "a", **row, "usd_to_clear": 0.06},
        {"algorithm": "b", **row, "tasks": 2, "oldest_seconds": None, "usd_to_clear": None},
    ]
    head, first, second = status.text({"algorithms": rows, "all_jobs_read": True}).splitlines()
    assert head.split("  ")[0].startswith("algorithm")
    assert first.split() == ["a", "5", "1", "1", "of", "2", "2", "h", "3", "0.0600"]
    assert second.split() == ["b", "5", "1", "2", "-", "3", "not", "installed", "here"]
    assert "Only 20000 jobs" in status.text({"algorithms": rows, "all_jobs_read": False})


def test_a_deployed_stack_is_read_from_its_outputs() -> None:
    url = "https://sqs.eu-south-1.amazonaws.com/123456789012/gaussian.fifo"
    found = system.find(
        io.StringIO(
            json.dumps(
                {"RequestQueues": {"median": url, "gaussian": url}, "JobsTable": "t", "ProcessingApiEndpoint": "a"}
            )
        )
    )
    assert (found.table, found.algorithms) == ("t", ("gaussian", "median"))
    assert found.boto3_client("sqs").meta.region_name == "eu-south-1"
    assert system.region("http://127.0.0.1:4566/000000000000/gaussian.fifo") is None


@pytest.mark.parametrize(("text", "words"), [("{", "is no JSON"), ("[]", "not the outputs"), ("{}", "not the outputs")])
def test_what_is_no_stack_is_refused(text: str, words: str) -> None:
    file = io.StringIO(text)
    file.name = "outputs.json"
    with pytest.raises(click.ClickException, match=words):
        system.find(file)

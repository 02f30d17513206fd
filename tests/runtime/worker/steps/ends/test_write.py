"""A jobs table that refuses single ends holds the worker up no longer than it does so."""

from types import SimpleNamespace
from typing import Any

from runtime.worker.aws.jobs_table import WriteAnswer
from runtime.worker.jobs.outcome import cancelled, result
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.ending import Ending
from runtime.worker.steps.ends.write import Ends
from tests.runtime.worker.steps.test_heartbeat import jobs


def test_a_table_that_refused_one_end_is_trusted_again_once_it_takes_another() -> None:
    answers = [WriteAnswer(error="AccessDenied"), WriteAnswer()]
    table: Any = SimpleNamespace(end=lambda ends: [answers.pop(0) for _ in ends])
    recorded: Any = SimpleNamespace()
    dependencies = Dependencies(900, lambda reason: None)
    ends = Ends(table=table, recorded=recorded, dependencies=dependencies)
    endings = [Ending(job, result(job, cancelled(), "d 1"), "{}") for job in jobs(2)]
    assert ends.write(endings[:1]) == {endings[0].job_id: "AccessDenied"}
    assert dependencies.may_receive() == 0
    assert ends.write(endings[1:]) == {}
    assert dependencies.may_receive() is None

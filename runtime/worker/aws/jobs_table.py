"""The jobs table as the worker writes it: every transition conditional, many jobs in one call."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from runtime.contracts import keys, states
from runtime.contracts.models import JobResult
from runtime.worker.aws.requests_queue import chunks
from runtime.worker.jobs.held_job import HeldJob, now_ms

STATEMENTS = 25  # what one BatchExecuteStatement takes
CONFLICT = "ConditionalCheckFailed"
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one conditional write: done, refused (`conflict`), or failed for a passing reason (`error`)."""

    conflict: bool = False
    error: str | None = None


class JobsTable:
    """One table. Threads may share it, as they may share `dynamodb`."""

    def __init__(self, dynamodb: Any, name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name

    def begin(self, job: HeldJob, most: int) -> int | None:
        """Set a job running and return how many computations of it are begun now; None if it may not be begun.

        It may not if it has ended, has no item, or was begun `most` times. A repeated call counts once.
        """
        return self._change_attempt(
            job,
            "SET #state = :running, attempt = :attempt, t_started = :started ADD attempts :one",
            "#state IN (:accepted, :queued, :running) AND (attribute_not_exists(attempts) OR attempts < :most) "
            "AND (attribute_not_exists(attempt) OR attempt <> :attempt)",
            {
                ":one": _number(1),
                ":most": _number(most),
                ":started": _number(job.hops["started"]),
                ":running": _text(states.RUNNING),
                ":accepted": _text(states.ACCEPTED),
                ":queued": _text(states.QUEUED),
            },
        )

    def take_back(self, job: HeldJob) -> int | None:
        """Let a begun computation that this worker gave up count for nothing: the job waits in the queue again."""
        return self._change_attempt(
            job,
            "SET #state = :queued ADD attempts :less REMOVE attempt",
            "#state = :running AND attempt = :attempt",
            {":less": _number(-1), ":running": _text(states.RUNNING), ":queued": _text(states.QUEUED)},
        )

    def claim(self, job: HeldJob) -> Written:
        """Set a job running that ends without a computation, unless it has ended."""
        changes = {"state": _text(states.RUNNING), "t_started": _number(job.hops["started"])}
        return self._write([self._update(job.job_id, changes, states.OPEN_STATES)])[0]

    def end(self, results: Sequence[tuple[JobResult, str]]) -> list[Written]:
        """Write how jobs ended, each with its result as it was published, unless they ended before."""
        return self._write([self._end(result, text) for result, text in results])

    def published(self, job_ids: Sequence[str]) -> list[Written]:
        """Note that the results of jobs that somebody else ended are published."""
        changes = {"t_published": _number(now_ms())}
        return self._write([self._update(job_id, changes, states.END_STATES) for job_id in job_ids])

    def refuse(self, job_id: str, error: str) -> Written:
        """End a job of which too little is known for a result."""
        changes = {"state": _text(states.FAILED), "error": _text(error)}
        return self._write([self._update(job_id, changes, states.OPEN_STATES)])[0]

    def get(self, job_id: str) -> Item | None:
        """Return a job's item as plain values, or None."""
        answer = self._dynamodb.get_item(TableName=self._name, Key=_key(job_id), ConsistentRead=True)
        return plain(answer["Item"]) if "Item" in answer else None

    def marks(self, job_ids: Sequence[str]) -> dict[str, Item]:
        """Return state, attempts and cancel_requested of jobs, by job_id."""
        found: dict[str, Item] = {}
        for chunk in chunks(job_ids, 100):
            request = {
                "Keys": [_key(job_id) for job_id in chunk],
                "ProjectionExpression": "pk, #state, attempts, cancel_requested",
                "ExpressionAttributeNames": {"#state": "state"},
            }
            answer = self._dynamodb.batch_get_item(RequestItems={self._name: request})
            for item in answer["Responses"].get(self._name, ()):
                values = plain(item)
                found[str(values["pk"]).partition("#")[2]] = values
        return found

    def progress(self, fractions: Sequence[tuple[str, float]]) -> None:
        """Write how far running jobs are."""
        self._write(
            [
                self._update(job_id, {"progress": _number(round(fraction, 4))}, (states.RUNNING,))
                for job_id, fraction in fractions
            ]
        )

    def _end(self, result: JobResult, text: str) -> Item:
        # The result says the rest: every attribute more would be paid for with every job.
        changes = {"state": _text(result.status), "result": _text(text)}
        changes["t_published"] = _number(result.hops["published"])
        if result.error is not None:
            changes["error"] = _text(json.dumps(result.error.model_dump()))
        return self._update(result.job_id, changes, states.OPEN_STATES)

    def _change_attempt(self, job: HeldJob, update: str, condition: str, values: Item) -> int | None:
        try:
            answer = self._dynamodb.update_item(
                TableName=self._name,
                Key=_key(job.job_id),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={**values, ":attempt": _text(job.attempt)},
                ReturnValues="UPDATED_NEW",
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != "ConditionalCheckFailedException":
                raise
            return None
        return int(answer["Attributes"]["attempts"]["N"])

    def _update(self, job_id: str, changes: Item, allowed: tuple[str, ...]) -> Item:
        assignments = " ".join(f'SET "{name}"=?' for name in changes)
        if "t_published" in changes:  # told: nobody needs to look after the job any more
            assignments += ' REMOVE "untold_to"'
        among = f"IN [{','.join('?' * len(allowed))}]" if len(allowed) > 1 else "=?"
        return {
            "Statement": f'UPDATE "{self._name}" {assignments} WHERE "pk"=? AND "state" {among}',
            "Parameters": [*changes.values(), _key(job_id)["pk"], *map(_text, allowed)],
        }

    def _write(self, statements: Sequence[Item]) -> list[Written]:
        written: list[Written] = []
        for chunk in chunks(statements, STATEMENTS):
            answer = self._dynamodb.batch_execute_statement(Statements=list(chunk))
            codes = [each.get("Error", {}).get("Code") for each in answer["Responses"]]
            written += [
                Written(conflict=code == CONFLICT, error=None if code in (None, CONFLICT) else str(code))
                for code in codes
            ]
        return written


def plain(item: Item) -> Item:
    """Return an item's strings, numbers and truth values as Python has them."""
    values: Item = {}
    for name, value in item.items():
        kind, content = next(iter(value.items()))
        values[name] = float(content) if kind == "N" else content
    return values


def _key(job_id: str) -> Item:
    return {"pk": _text(keys.job(job_id))}


def _text(value: str) -> Item:
    return {"S": value}


def _number(value: float) -> Item:
    return {"N": str(value)}

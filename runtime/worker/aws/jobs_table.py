"""The jobs table as the worker writes it: every change of state is conditional, and one call takes many jobs."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.contracts import keys, states
from runtime.contracts.items import Item, attribute, pack, unpack
from runtime.contracts.models import Fault, JobResult
from runtime.errors import TransientError
from runtime.worker.aws.attempts import Attempts
from runtime.worker.aws.requests_queue import chunks
from runtime.worker.jobs.held_job import HeldJob

STATEMENTS = 25  # the most that one BatchExecuteStatement takes
CONFLICT = "ConditionalCheckFailed"


@dataclass(frozen=True, slots=True)
class WriteAnswer:
    """The answer to one conditional write: done, refused by its condition (`conflict`), or failed (`error`, a code)."""

    conflict: bool = False
    error: str | None = None


class JobsTable:
    """One jobs table. Threads may share it, as they may share `dynamodb`."""

    def __init__(self, dynamodb: Any, name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name
        self.attempts = Attempts(dynamodb, name)

    def claim(self, job: HeldJob) -> WriteAnswer:
        """Set a job running before it ends without a computation; refused if it has ended."""
        changes = {
            "state": attribute(states.RUNNING),
            "t_started": attribute(job.hops["started"]),
            "attempt": attribute(job.attempt),
        }
        return self._write([self._update(job.job_id, changes, states.OPEN_STATES)])[0]

    def end(self, ends: Sequence[tuple[HeldJob, JobResult, str]]) -> list[WriteAnswer]:
        """Write how jobs ended, each with what its item keeps of its result.

        The answer is a conflict if a job has ended before, or if another worker has begun it since this one did.
        """
        return self._write([self._end(job, result, text) for job, result, text in ends])

    def note_published(self, times: Mapping[str, int], undistributed: Collection[str] = ()) -> list[WriteAnswer]:
        """Note when results were published, by job_id: the clients' topics and the distribution's have them.

        The distribution's topic lacks those of the jobs in `undistributed`.
        """
        statements: list[Item] = []
        for job_id, at in times.items():
            changes, obsolete = {"t_published": attribute(at)}, ()
            if job_id not in undistributed:  # then nothing is left to do for the job
                changes, obsolete = {**changes, "t_distributed": attribute(at)}, ("untold_to",)
            statements.append(self._update(job_id, changes, states.END_STATES, remove=obsolete))
        return self._write(statements)

    def refuse(self, job_id: str, fault: Fault) -> WriteAnswer:
        """End a job of which too little is known to write a result."""
        changes = {"state": attribute(states.FAILED), **_reason(states.FAILED, fault)}
        return self._write([self._update(job_id, changes, states.OPEN_STATES)])[0]

    def get(self, job_id: str) -> Item | None:
        """Return a job's item as plain values, or None."""
        answer = self._dynamodb.get_item(TableName=self._name, Key=pack({"pk": keys.job(job_id)}), ConsistentRead=True)
        return unpack(answer["Item"]) if "Item" in answer else None

    def marks(self, job_ids: Sequence[str]) -> dict[str, Item]:
        """Return state, attempts, cancel_requested and t_published of jobs, by job_id; it may be a moment late.

        Raises TransientError if DynamoDB left some out, which it then had no capacity for.
        """
        marks: dict[str, Item] = {}
        # Two messages of one job may be held, of which DynamoDB would refuse the whole call.
        for chunk in chunks(list(dict.fromkeys(job_ids)), 100):
            request = {
                "Keys": [pack({"pk": keys.job(job_id)}) for job_id in chunk],
                "ProjectionExpression": "pk, #state, attempts, cancel_requested, t_published",
                "ExpressionAttributeNames": {"#state": "state"},
            }
            answer = self._dynamodb.batch_get_item(RequestItems={self._name: request})
            if answer.get("UnprocessedKeys"):
                raise TransientError("DynamoDB did not return all items")
            for item in answer["Responses"].get(self._name, ()):
                values = unpack(item)
                marks[str(values["pk"]).partition("#")[2]] = values
        return marks

    def progress(self, fractions: Sequence[tuple[str, float]]) -> None:
        """Write the progress of running jobs."""
        self._write(
            [
                self._update(job_id, {"progress": attribute(round(fraction, 4))}, (states.RUNNING,))
                for job_id, fraction in fractions
            ]
        )

    def _end(self, job: HeldJob, result: JobResult, text: str) -> Item:
        # The result says the rest: each further attribute would cost money with every job.
        changes = {"state": attribute(result.status), "result": attribute(text)}
        if result.error is not None:
            changes |= _reason(result.status, result.error)
        return self._update(job.job_id, changes, states.OPEN_STATES, job.attempt if job.owned else None)

    def _update(
        self,
        job_id: str,
        changes: Item,
        allowed: tuple[str, ...],
        attempt: str | None = None,
        remove: tuple[str, ...] = (),
    ) -> Item:
        assignments = " ".join([*(f'SET "{name}"=?' for name in changes), *(f'REMOVE "{name}"' for name in remove)])
        among = f"IN [{','.join('?' * len(allowed))}]" if len(allowed) > 1 else "=?"
        fence = ' AND "attempt"=?' if attempt else ""
        return {
            "Statement": f'UPDATE "{self._name}" {assignments} WHERE "pk"=? AND "state" {among}{fence}',
            "Parameters": [
                *changes.values(),
                attribute(keys.job(job_id)),
                *map(attribute, allowed),
                *([attribute(attempt)] if attempt else []),
            ],
        }

    def _write(self, statements: Sequence[Item]) -> list[WriteAnswer]:
        answers: list[WriteAnswer] = []
        for chunk in chunks(statements, STATEMENTS):
            answer = self._dynamodb.batch_execute_statement(Statements=list(chunk))
            codes = [each.get("Error", {}).get("Code") for each in answer["Responses"]]
            answers += [
                WriteAnswer(conflict=code == CONFLICT, error=None if code in (None, CONFLICT) else str(code))
                for code in codes
            ]
        return answers


def _reason(status: str, fault: Fault) -> Item:
    """Return the attributes that say why a job ended so."""
    failed = {keys.FAILED_FOR: attribute(fault.code)} if status in states.FAILURES else {}
    return {"error": attribute(json.dumps(fault.model_dump())), **failed}

"""The attempts of a job, counted in its item by conditional writes."""

from typing import Any

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys, states
from runtime.contracts.items import Item, attribute, pack
from runtime.worker.jobs.held_job import HeldJob

# Of a job that was given up more often, each attempt counts: it may be what ends its workers.
MOST_TAKEN_BACK = 20


class Attempts:
    """The attempts of the jobs in one jobs table. Threads may share it, as they may share `dynamodb`."""

    def __init__(self, dynamodb: Any, name: str) -> None:
        self._dynamodb = dynamodb
        self._name = name

    def begin(self, job: HeldJob, most: int) -> int | None:
        """Set a job running and return the number of its attempts, this one included; None if it may not begin.

        It may not if it has ended, has no item, or has had `most` attempts. A repeated call counts once.
        """
        return self._change(
            job,
            "SET #state = :running, attempt = :attempt, t_started = :started ADD attempts :one",
            "#state IN (:accepted, :queued, :running) AND (attribute_not_exists(attempts) OR attempts < :most) "
            "AND (attribute_not_exists(attempt) OR attempt <> :attempt)",
            {
                ":one": attribute(1),
                ":most": attribute(most),
                ":started": attribute(job.hops["started"]),
                ":running": attribute(states.RUNNING),
                ":accepted": attribute(states.ACCEPTED),
                ":queued": attribute(states.QUEUED),
            },
        )

    def take_back(self, job: HeldJob) -> int | None:
        """Uncount the attempt that this worker gave up, and set the job queued; return the attempts that are left.

        None if the job has ended, if another worker has begun it, or if `MOST_TAKEN_BACK` attempts were uncounted.
        """
        return self._change(
            job,
            "SET #state = :queued ADD attempts :less, taken_back :one REMOVE attempt",
            "#state = :running AND attempt = :attempt AND (attribute_not_exists(taken_back) OR taken_back < :most)",
            {
                ":less": attribute(-1),
                ":one": attribute(1),
                ":most": attribute(MOST_TAKEN_BACK),
                ":running": attribute(states.RUNNING),
                ":queued": attribute(states.QUEUED),
            },
        )

    def _change(self, job: HeldJob, update: str, condition: str, values: Item) -> int | None:
        try:
            answer = self._dynamodb.update_item(
                TableName=self._name,
                Key=pack({"pk": keys.job(job.job_id)}),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={**values, ":attempt": attribute(job.attempt)},
                ReturnValues="UPDATED_NEW",
            )
        except ClientError as error:
            if aws_codes.code(error.response) != aws_codes.CONDITION_FAILED:
                raise
            return None
        return int(answer["Attributes"]["attempts"]["N"])

"""Publishes the one result of a job that ended without a worker, or whose worker did not come to it."""

import json
import os
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import headers, keys, shard_topics, traceparent
from runtime.contracts.results import fit
from runtime.handlers.boto3_clients import boto3_client, ignore_missing
from runtime.handlers.job.result import results
from runtime.handlers.table import service_records, store


def is_published(job: store.Item) -> bool:
    """Whether both topics have the job's result; an earlier release's job notes only one."""
    return "t_published" in job and ("t_distributed" in job or "untold_to" not in job)


def publish_stored(pk: str) -> str:
    """Publish the stored result of an ended job if that is not done; return the job's state.

    First to the client's shard, then to the distribution, each noted on its own: what fails on one side is no reason to
    repeat the other. A distribution's topic that refuses is left to the sweeper. SNS drops a repetition within five
    minutes.
    """
    job = store.get(pk)
    if job is None or is_published(job):
        return job["state"] if job else ""
    message = results.message(job) if job.get("result") else fit.encode(_refused(job))
    request = json.loads(job["request"])
    traced = _trace(job, request)
    callback_id = request.get(keys.CALLBACK_ATTRIBUTE)
    distribution = (service_records.find(job["algorithm"]) or {}).get("distribution_topic_arn")
    if "t_published" not in job:
        _publish_to_client(int(job["shard"]), message, traced)
        _note(pk, "t_published", last=False)
    if distribution:
        try:
            _publish(distribution, message, traced | ({keys.CALLBACK_ATTRIBUTE: callback_id} if callback_id else {}))
        except (BotoCoreError, ClientError):
            return job["state"]
    _note(pk, "t_distributed", last=True)  # also if the algorithm is gone: nobody is left to tell
    return job["state"]


def _publish_to_client(shard: int, message: str, further: dict[str, str]) -> None:
    topics = shard_topics.read(os.environ)
    if topic := topics.arn(shard):
        try:
            _publish(topic, message, further)
        except ClientError as error:
            if not topics.is_removed(shard):
                raise
            ignore_missing(error)  # if a shard is gone, so are its clients


def _publish(topic: str, message: str, further: dict[str, str]) -> None:
    result = json.loads(message)
    attributes: dict[str, str] = {name: result[name] for name in keys.RESULT_ATTRIBUTES} | further
    boto3_client("sns").publish(
        TopicArn=topic,
        Message=message,
        MessageGroupId=result["job_id"],
        MessageDeduplicationId=keys.result_dedup_id(result["job_id"]),
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    )


def _trace(job: store.Item, request: dict[str, Any]) -> dict[str, str]:
    """Return the attribute with the context of the job's span; none if it is part of no trace."""
    parent = traceparent.parse(request.get(headers.TRACEPARENT))
    return {headers.TRACEPARENT: str(traceparent.own(keys.job_id(job["pk"]), parent))} if parent else {}


def _note(pk: str, mark: str, *, last: bool) -> None:
    """Note that one topic has the result; after the last, take the job out of the index of unpublished jobs."""
    condition = f"attribute_exists(pk) AND attribute_not_exists({mark})"
    store.change(pk, {mark: store.now_ms()}, condition, remove=("untold_to",) if last else ())


def _refused(job: store.Item) -> results.Result:
    """Return the result of a job that a worker ended without one, because it could not read the message."""
    message = "The request could not be read by the algorithm's worker, whose version may differ from the API's."
    return results.failure(job, job["state"], "bad_message", message)

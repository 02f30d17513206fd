"""Ends a job without a worker, publishes its one result, and signs the outputs of a result."""

import json
import os
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import fit, keys, states
from runtime.contracts.codes import CODES
from runtime.handlers import client_queue, compiled, service_records, shards, store
from runtime.handlers.boto3_clients import boto3_client

Result = dict[str, Any]
URL_SECONDS: Final = "3600"
LEFT_OUT: Final[Result] = {"inputs": {}, "ports": [], "used": [], "source": None}


def url_seconds() -> int:
    """Return how long a presigned address works."""
    return int(os.environ.get("URL_SECONDS", URL_SECONDS))


def sign(key: str) -> str:
    """Return an address that downloads the object for a while."""
    _, _, job_id, *_, name = key.split("/")
    # Without this a browser opens pictures instead of saving them; the page shows them all the same.
    disposition = f'attachment; filename="{job_id[:8]}-{name}"'
    arguments = {"Bucket": os.environ["OUTPUT_BUCKET"], "Key": key, "ResponseContentDisposition": disposition}
    return boto3_client("s3").generate_presigned_url("get_object", Params=arguments, ExpiresIn=url_seconds())


def signed(result: Result) -> Result:
    """Return the result, each output with its `url`; what its message left out is empty."""
    return {**LEFT_OUT, **result, "outputs": [{**output, "url": sign(output["key"])} for output in result["outputs"]]}


def hops(job: store.Item) -> dict[str, int]:
    """Return when the job passed each hop so far, in order. Those in its worker are only in its result."""
    known: dict[str, int] = json.loads(job["result"])["hops"] if job.get("result") else {}
    known |= {hop: job[f"t_{hop}"] for hop in states.HOPS if f"t_{hop}" in job}
    return {hop: known[hop] for hop in states.HOPS if hop in known}


def failure(job: store.Item, status: str, code: str, message: str) -> Result:
    """Return the JobResult of a job that ended without outputs; `message` is a sentence that a person can act on."""
    request = json.loads(job["request"])
    known = compiled.algorithms().get(job["algorithm"])
    return {
        "version": 1,
        "job_id": request["job_id"],
        "client_id": job["client_id"],
        "algorithm": job["algorithm"],
        "distribution": known.distribution if known else "",
        "status": status,
        "pacs": request["pacs"],
        "parameters": request["parameters"],
        "outputs": [],
        "outputs_complete": True,
        "measurements": {},
        "missing": [],
        "error": {"code": code, "message": message, "retryable": CODES[code].retryable},
        "attempts": job.get("attempts", 0),
        "hops": hops(job),
    }


def end(job: store.Item, result: Result, allowed: tuple[str, ...] = states.OPEN_STATES) -> bool:
    """Move the job to its end state, if its state is one of `allowed`; return whether it did."""
    values: store.Item = {"state": result["status"], "result": fit.encode(result)}
    if result["error"]:
        values["error"] = fit.dumps(result["error"])
    operands = {f":{state}_now": state for state in allowed}
    return store.change(job["pk"], values, f"#state IN ({', '.join(operands)})", operands)


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
    message = job.get("result") or fit.encode(_refused(job))
    distribution = (service_records.find(job["algorithm"]) or {}).get("distribution_topic_arn")
    if "t_published" not in job:
        _publish_to_client(int(job["shard"]), message)
        _note(pk, "t_published", last=False)
    if distribution:
        try:
            _publish(distribution, message)
        except ClientError:
            return job["state"]
    _note(pk, "t_distributed", last=True)  # also if the algorithm is gone: nobody is left to tell
    return job["state"]


def _publish_to_client(shard: int, message: str) -> None:
    topics = shards.topics()
    if topic := topics.arn(shard):
        try:
            _publish(topic, message)
        except ClientError as error:
            if not topics.is_removed(shard):
                raise
            client_queue.ignore_missing(error)  # if a shard is gone, so are its clients


def _publish(topic: str, message: str) -> None:
    result = json.loads(message)
    boto3_client("sns").publish(
        TopicArn=topic,
        Message=message,
        MessageGroupId=result["job_id"],
        MessageDeduplicationId=keys.result_dedup_id(result["job_id"]),
        MessageAttributes={
            name: {"DataType": "String", "StringValue": result[name]} for name in keys.RESULT_ATTRIBUTES
        },
    )


def _note(pk: str, mark: str, *, last: bool) -> None:
    """Note that one topic has the result; after the last, take the job out of the index of unpublished jobs."""
    condition = f"attribute_exists(pk) AND attribute_not_exists({mark})"
    store.change(pk, {mark: store.now_ms()}, condition, remove=("untold_to",) if last else ())


def _refused(job: store.Item) -> Result:
    """Return the result of a job that a worker ended without one, because it could not read the message."""
    message = "The request could not be read by the algorithm's worker, whose version may differ from the API's."
    return failure(job, job["state"], "bad_message", message)

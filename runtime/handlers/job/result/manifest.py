"""The manifest of a job: the result that its worker stored before it ended the job, with all its lists."""

import json
import os
from typing import Any, Final, cast

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys, states
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.job.result import result_fields
from runtime.handlers.table import store

_NEEDED: Final = {"job_id", "client_id", "status", "error", "parameters", "outputs", "measurements", "missing", "hops"}


def read(job: store.Item, most: int | None = None) -> dict[str, Any] | None:
    """Return the result that the worker stored; None if there is none, or if it has more than `most` bytes.

    What is no result of the job is none either: its job ends all the same, and hides no other job of a list.
    """
    key = keys.manifest(job["client_id"], keys.job_id(job["pk"]))
    try:
        answer = boto3_client("s3").get_object(Bucket=os.environ[handler_variables.OUTPUT_BUCKET], Key=key)
    except ClientError as error:
        if aws_codes.code(error.response) in aws_codes.NO_SUCH_KEY:
            return None
        raise
    if most is not None and answer["ContentLength"] > most:
        return None
    try:
        result: Any = json.loads(answer["Body"].read())
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", result) if _is_result(result, job) else None


def _is_result(value: Any, job: store.Item) -> bool:
    if not isinstance(value, dict) or not value.keys() >= _NEEDED:
        return False
    result = cast("dict[str, Any]", value)
    own = (result["job_id"], result["client_id"]) == (keys.job_id(job["pk"]), job["client_id"])
    if not own or result["status"] not in states.END_STATES:
        return False
    # what nobody could be handed would keep the client from the end of its job
    outputs, hops = result["outputs"], result["hops"]
    return result_fields.are_outputs(outputs, job["client_id"], result["job_id"]) and result_fields.are_times(hops)

"""The manifest of a job: the result that its worker stored before it ended the job, with all its lists."""

import json
import os
from typing import Any

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, handler_variables, keys
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.table import store


def read(job: store.Item, most: int | None = None) -> dict[str, Any] | None:
    """Return the result that the worker stored; None if there is none, or if it has more than `most` bytes."""
    key = keys.manifest(job["client_id"], keys.job_id(job["pk"]))
    try:
        answer = boto3_client("s3").get_object(Bucket=os.environ[handler_variables.OUTPUT_BUCKET], Key=key)
    except ClientError as error:
        if aws_codes.code(error.response) in aws_codes.NO_SUCH_KEY:
            return None
        raise
    if most is not None and answer["ContentLength"] > most:
        return None
    return json.loads(answer["Body"].read())

"""Signs the outputs of a result: an address that downloads one for a while."""

import os
from typing import Any, Final

from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client

URL_SECONDS: Final = "3600"
LEFT_OUT: Final[dict[str, Any]] = {"inputs": {}, "ports": [], "used": [], "source": None, "counts": {}}


def url_seconds() -> int:
    """Return how long a presigned address works."""
    return int(os.environ.get(handler_variables.URL_SECONDS, URL_SECONDS))


def sign(key: str) -> str:
    """Return an address that downloads the object for a while."""
    _, _, job_id, *_, name = key.split("/")
    # Without this a browser opens pictures instead of saving them; the page shows them all the same.
    disposition = f'attachment; filename="{job_id[:8]}-{name}"'
    arguments = {
        "Bucket": os.environ[handler_variables.OUTPUT_BUCKET],
        "Key": key,
        "ResponseContentDisposition": disposition,
    }
    return boto3_client("s3").generate_presigned_url("get_object", Params=arguments, ExpiresIn=url_seconds())


def signed(result: dict[str, Any]) -> dict[str, Any]:
    """Return the result, each output with its `url`; what its message left out is empty."""
    return {**LEFT_OUT, **result, "outputs": [{**output, "url": sign(output["key"])} for output in result["outputs"]]}

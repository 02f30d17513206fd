"""Reads the messages of a client's queue: what is a result of that client, and what is not."""

import json
from typing import Any, Final, cast

from runtime.contracts import keys
from runtime.handlers.job.result import outputs, result_fields, results

VERSION: Final = 1


class UnreadableError(ValueError):
    """A message that will never be a result of this client; the text says why, without quoting it."""


class LaterError(ValueError):
    """A message of a later version: it is for a later release of the API to read."""


def read(client_id: str, body: str) -> results.Result:
    """Return the client's result, its outputs signed; raises UnreadableError or LaterError.

    Unknown fields are passed on as they are.
    """
    try:
        result: Any = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is not JSON") from error
    if not isinstance(result, dict):
        raise UnreadableError("it is not a JSON object")
    known = cast(results.Result, result)
    version = known.get("version")
    if type(version) is not int or version < VERSION:
        raise UnreadableError("it has no version")
    if version > VERSION:
        raise LaterError(f"it has version {version}")
    return _signed(client_id, known)


def _signed(client_id: str, result: results.Result) -> results.Result:
    if result.get("client_id") != client_id:
        raise UnreadableError("it is not a result of this client")
    job_id = result.get("job_id")
    if not isinstance(job_id, str) or not keys.JOB_ID.fullmatch(job_id):
        raise UnreadableError("it has no job_id")
    if not isinstance(result.get("status"), str) or not result_fields.are_times(result.get("hops")):
        raise UnreadableError("it does not say how the job ended")
    if not result_fields.are_outputs(result.get("outputs"), client_id, job_id):
        raise UnreadableError("its outputs cannot be read, or one is not the job's")
    try:
        signed = outputs.signed(result)
        json.dumps(signed)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("its outputs cannot be read") from error
    return signed


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON number")

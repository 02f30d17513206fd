"""What a new job is: its message, and its item in the jobs table."""

from typing import Any, cast

from runtime.contracts import keys, states
from runtime.contracts.results import fit
from runtime.handlers.http.auth import Client
from runtime.handlers.table import store


def message(caller: Client, algorithm: str, body: dict[str, Any], accepted: int) -> dict[str, Any]:
    """Return the JobMessage of a request, without the id and the input of its job."""
    return {
        # A worker of version 1 would ignore the inputs and end as bad what it does not know: it leaves version 2 alone.
        "version": 2 if _is_new(body) else 1,
        "client_id": caller.client_id,
        "shard": caller.shard,
        "algorithm": algorithm,
        "parameters": body["parameters"],
        **({"inputs": body["inputs"]} if body.get("inputs") else {}),
        "outputs": body["outputs"],
        "accepted_at": accepted,
    }


def _is_new(body: dict[str, Any]) -> bool:
    given: Any = body["pacs"]
    pacs = cast("list[dict[str, Any]]", given if isinstance(given, list) else [given])
    asked = body.get("inputs") or "nifti" in body["outputs"] or body["callback"].get("url")
    return bool(asked) or any(each.get("volume") for each in pacs)


def item(job_id: str, message: dict[str, Any]) -> store.Item:
    """Return the item of a new job with this JobMessage."""
    return {
        "pk": keys.job(job_id),
        "state": states.ACCEPTED,
        "client_id": message["client_id"],
        "algorithm": message["algorithm"],
        "shard": message["shard"],
        "request": fit.dumps(message),
        "expires": store.expires(keys.JOB_TTL_SECONDS),
        "t_accepted": message["accepted_at"],
        "untold_to": message["client_id"],
    }

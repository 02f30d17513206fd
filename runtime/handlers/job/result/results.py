"""The result of a job: read from its item and its manifest, or made for a job that ends without a worker."""

import json
from typing import Any

from runtime.contracts import keys, states
from runtime.contracts.codes import CODES
from runtime.contracts.results import fit
from runtime.handlers import compiled
from runtime.handlers.job.result import manifest
from runtime.handlers.table import store

Result = dict[str, Any]


def hops(job: store.Item) -> dict[str, int]:
    """Return when the job passed each hop so far, in order. Those in its worker are only in its result."""
    known: dict[str, int] = json.loads(job["result"])["hops"] if job.get("result") else {}
    known |= {hop: job[f"t_{hop}"] for hop in states.HOPS if f"t_{hop}" in job}
    return {hop: known[hop] for hop in states.HOPS if hop in known}


def read(job: store.Item, most: int | None = None) -> Result:
    """Return the result of an ended job with as much of its lists as fits into a message.

    If its item has a part of them and its manifest more than `most` bytes, the lists are empty.
    """
    return json.loads(message(job, most))


def message(job: store.Item, most: int | None = None) -> str:
    """Return the message of a job's result, as `read` returns it."""
    kept: Result = json.loads(job["result"])
    if "manifest" not in kept:
        return job["result"]
    return fit.encode(fit.completed(kept, manifest.read(job, most), json.loads(job["request"])))


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
        **({"inputs": request["inputs"]} if request.get("inputs") else {}),
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
    values: store.Item = {"state": result["status"], "result": fit.encode_for_item(result)}
    if result["error"]:
        values["error"] = fit.dumps(result["error"])
        if result["status"] in states.FAILURES:
            values[keys.FAILED_FOR] = result["error"]["code"]
    operands = {f":{state}_now": state for state in allowed}
    return store.change(job["pk"], values, f"#state IN ({', '.join(operands)})", operands)

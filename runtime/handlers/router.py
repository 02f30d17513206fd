"""`POST /process/{algorithm}`: checks a request, keeps it as a job or a batch, puts it on the algorithm's queue."""

from typing import Any

# First of all: imported from deep within other imports it takes up to a third longer, and is most of a cold start.
import boto3  # noqa: F401  # pyright: ignore[reportUnusedImport]

from runtime.contracts.variables import handler_names
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.http.auth import authenticate
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import BODY_BYTES, LIST_BYTES, Request, Response, read_json, respond, too_large
from runtime.handlers.http.idempotency import read_key
from runtime.handlers.job.request.claim import Claim, canonical
from runtime.handlers.job.request.process_request import check_request, find_algorithm, is_list
from runtime.handlers.job.request.submit import submit
from runtime.handlers.log import Line

for each in ("dynamodb", "sqs", "lambda"):
    boto3_client(each)  # made while the function starts, where the time is not the caller's


@endpoint(handler_names.ROUTER)
def handler(request: Request, line: Line) -> Response:
    """Answer 202 with the job or the batch."""
    caller = authenticate(request, line)
    algorithm = find_algorithm(request.parameters["algorithm"])
    line.add(algorithm=algorithm)
    key = read_key(request, least=1)
    content = read_json(request.body, LIST_BYTES)
    several = is_list(content)
    if not several and len(request.body) > BODY_BYTES:
        raise too_large(len(request.body), BODY_BYTES)
    # before defaults are filled in: a later release has others
    claim = Claim(key, canonical(algorithm, content)) if key else None
    body: dict[str, Any] = check_request(algorithm, caller, content)
    if several:
        from runtime.handlers.batch.accept import accept  # every cold start of a single job would pay for it

        batch = accept(caller, algorithm, body, claim, line, request.headers)
        return respond(202, batch, {"location": f"../batches/{batch['batch_id']}"})
    job_id, state = submit(caller, algorithm, body, claim, line, request.headers)
    line.add(job_id=job_id)
    # read from the address that was called (RFC 9110, 10.2.2), whatever the API is served below
    return respond(202, {"job_id": job_id, "state": state}, {"location": f"../jobs/{job_id}"})

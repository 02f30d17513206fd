"""A client of the processing API: the whole public interface that a consumer of results needs, over plain HTTP.

You may copy this file: it depends on httpx alone.
"""

import json
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote
from uuid import uuid4

import httpx

# A call to a busy API is made six times in all, within half a minute.
TRIES, FIRST_PAUSE, LONGEST_PAUSE = 6, 0.5, 10.0
MOST_JOBS = 1000  # of one batch
LOOKED_AT = 10  # jobs after a poll that brought none of them
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NOT_SIGNED_IN = (
    "The stack asks for a JSON web token of its issuer, and this call had no valid one: get a new token and put it "
    "into IMAGING_TOKEN."
)


class ApiError(Exception):
    """The API's refusal of a call; `problem` is its RFC 9457 answer, `code` the stable code in it."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        self.problem = problem
        faults = problem.get("errors", ())  # if there are any, the detail repeats the first of them
        text = (not faults and problem.get("detail")) or problem.get("title") or problem.get("message") or problem
        lines = [str(text)]
        lines += [f"  {fault.get('pointer') or fault.get('parameter') or '/'}: {fault['detail']}" for fault in faults]
        super().__init__("\n".join(lines))
        self.code = str(problem.get("code", "unknown"))


def _fields(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object that an answer holds, or an empty one if it holds none."""
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _part(text: str) -> str:
    """Return an identifier as one part of a path."""
    return quote(text, safe="")


def _busy(answer: httpx.Response) -> bool:
    """Return whether the same call may work a moment later. Every call of this file may be repeated.

    API Gateway's own refusals of too many calls or executions have no code, whatever their status.
    """
    if answer.status_code not in (429, 500, 503, 504):
        return False
    code = _fields(answer).get("code")
    return code in (None, "unavailable", "too_many_open_jobs")


def _pause(answer: httpx.Response, failures: int) -> float:
    """Return the seconds to wait: as the answer asks, or twice as many each time; then up to half as much again."""
    retry_after = answer.headers.get("Retry-After", "")
    least = float(retry_after) if retry_after.isdigit() else min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1))
    return min(least, LONGEST_PAUSE) * random.uniform(1.0, 1.5)  # noqa: S311 - callers must not return together


def goes_out(address: str) -> bool:
    """Return whether an address is beyond this machine, so that a proxy of the environment may lead to it."""
    return httpx.URL(address).host not in LOOPBACK


class Client:
    """A provisioned client with one client queue, which is removed at the end of the `with` block.

    `bearer` is the JSON web token that a stack with `apiAuth: jwt` asks for in addition to the client's own token.
    `known` is what `provision` returned earlier, perhaps to another process: that client is used, and not removed.
    `callback` is the `url` that is called when a job has ended, and the `secret` that signs the call.
    `traceparent` is the W3C Trace Context of the caller's span, of which the jobs become parts.
    """

    def __init__(
        self,
        api: str,
        timeout: float = 30.0,
        bearer: str = "",
        known: Mapping[str, str] | None = None,
        callback: Mapping[str, str] | None = None,
        traceparent: str = "",
    ) -> None:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        self._http = httpx.Client(base_url=api, timeout=timeout, headers=headers, trust_env=goes_out(api))
        self._timeout = timeout
        self.client_id = self.queue_url = self.token = ""
        self._callback = dict(callback or {})
        self._traced = {"traceparent": traceparent} if traceparent else {}
        self._lasts = known is not None
        if known is not None:
            self._use(known)

    def __enter__(self) -> Self:
        if not self._lasts:
            self.provision()
        return self

    def provision(self) -> dict[str, str]:
        """Make a client and be it from now on; return its `client_id`, `client_token` and `queue_url`."""
        client = self._call("POST", "/provision", headers={"Idempotency-Key": uuid4().hex})
        self._use(client)
        return client

    def remove(self) -> None:
        """Remove the client with its queue, and cancel its open jobs."""
        self._call("DELETE", "/provision")

    def _use(self, client: Mapping[str, str]) -> None:
        self.client_id, self.queue_url, self.token = client["client_id"], client["queue_url"], client["client_token"]
        self._http.headers["X-Client-Token"] = self.token

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not self._lasts:
                self.remove()
        except (ApiError, httpx.HTTPError):
            if error is None:  # otherwise the first error is the one to report
                raise
        finally:
            self._http.close()

    def algorithms(self) -> dict[str, dict[str, Any]]:
        """Return the catalogue: the entry of each algorithm, by name."""
        return {entry["name"]: entry for entry in self._call("GET", "/algorithms")["algorithms"]}

    def submit(
        self,
        algorithm: str,
        pacs: Mapping[str, str],
        parameters: Mapping[str, Any],
        inputs: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
    ) -> str:
        """Send one job and return its id; the idempotency key makes a repeat after a lost answer harmless.

        Two calls with the same `key` within a day are one job.
        """
        return self._submit(algorithm, pacs, parameters, inputs, key)["job_id"]

    def submit_batch(
        self,
        algorithm: str,
        pacs: Sequence[Mapping[str, str]],
        parameters: Mapping[str, Any],
        inputs: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
    ) -> dict[str, Any]:
        """Send a job for each of at most `MOST_JOBS` inputs, all or none; return `batch_id`, and `job_ids` in order.

        Two calls with the same `key` within a day are one batch.
        """
        return self._submit(algorithm, list(pacs), parameters, inputs, key)

    def _submit(self, algorithm: str, pacs: Any, parameters: Any, inputs: Any, key: str | None) -> dict[str, Any]:
        told = {"client_id": self.client_id, **self._callback}
        body: dict[str, Any] = {"pacs": pacs, "parameters": parameters, "callback": told}
        if inputs:
            body["inputs"] = inputs
        headers = {"Idempotency-Key": key or uuid4().hex, **self._traced}
        return self._call("POST", f"/process/{_part(algorithm)}", json=body, headers=headers)

    def batch(self, batch_id: str) -> dict[str, Any]:
        """Return a batch's jobs by state, its progress and an estimate of the seconds left."""
        return self._call("GET", f"/batches/{_part(batch_id)}")

    def cancel_batch(self, batch_id: str) -> dict[str, Any]:
        """Cancel the jobs of a batch that have not ended, each of which still ends with a result; return the batch."""
        return self._call("DELETE", f"/batches/{_part(batch_id)}")

    def job(self, job_id: str) -> dict[str, Any]:
        """Return a job's state, progress and hops."""
        return self._call("GET", f"/jobs/{_part(job_id)}")

    def jobs(
        self,
        state: str | None = None,
        algorithm: str | None = None,
        since: int | None = None,
        batch: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield this client's jobs with their results, newest first, or those of a batch in the order of its inputs.

        `since` is in milliseconds since the epoch.
        """
        query: dict[str, Any] = {"state": state, "algorithm": algorithm, "since": since, "batch": batch, "cursor": None}
        while True:
            given = {name: value for name, value in query.items() if value is not None}
            page = self._call("GET", "/jobs", params=given)
            yield from page["jobs"]
            query["cursor"] = page["cursor"]
            if page["cursor"] is None:
                return

    def cancel(self, job_id: str) -> None:
        """Cancel a job; it still ends with one result, `cancelled`."""
        self._call("DELETE", f"/jobs/{_part(job_id)}")

    def poll(self, wait: int = 20) -> list[dict[str, Any]]:
        """Wait at most `wait` seconds for results; each stays in the queue until it is acknowledged."""
        query = {"queue": self.queue_url, "wait": wait}
        # The API may answer after `wait` seconds: so much longer than any other call.
        return self._call("GET", "/proxy-sqs", params=query, timeout=self._timeout + wait)["messages"]

    def acknowledge(self, *messages: Mapping[str, Any]) -> None:
        """Remove at most ten results from the queue in one call."""
        receipts = ",".join(message["receipt"] for message in messages)
        self._call("DELETE", "/proxy-sqs", params={"queue": self.queue_url, "receipt": receipts})

    def wait_for(
        self,
        job_id: str,
        on_progress: Callable[[dict[str, Any]], None] = lambda job: None,
        timeout: float = math.inf,
    ) -> dict[str, Any]:
        """Return the message with a job's result, reporting the job each second; raise TimeoutError after `timeout`."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            on_progress(self.job(job_id))
            for message in self.poll(wait=1):
                if message["result"]["job_id"] == job_id:
                    return message
        raise TimeoutError(f"job {job_id} has no result after {timeout:g} s")

    def wait_all(self, job_ids: Iterable[str], timeout: float = math.inf) -> Iterator[dict[str, Any]]:
        """Yield the result of each of these jobs once, as they end; raise TimeoutError after `timeout` seconds.

        A result is acknowledged when the next one is asked for. One that another process took is read from the job.
        """
        mine = set(job_ids)
        waiting = set(mine)
        deadline = time.monotonic() + timeout
        while waiting:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{len(waiting)} jobs have no result after {timeout:g} s")
            messages = self.poll(wait=math.ceil(min(20, left)))
            for message in messages:
                result = message["result"]
                if result["job_id"] in waiting:
                    waiting.remove(result["job_id"])
                    yield result
                if result["job_id"] in mine:
                    self._acknowledge_late(message)
            if not any(message["result"]["job_id"] in mine for message in messages):
                for job in [self.job(job_id) for job_id in sorted(waiting)[:LOOKED_AT]]:
                    if job["result"]:
                        waiting.remove(job["job_id"])
                        yield job["result"]

    def _acknowledge_late(self, message: Mapping[str, Any]) -> None:
        """Acknowledge a result, unless that took so long that it will be delivered again."""
        try:
            self.acknowledge(message)
        except ApiError as error:
            if error.code != "stale_receipt":
                raise

    def outputs(self, result: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return all outputs of a result, each with a `url`; if they are many, the job's manifest lists them."""
        if result["outputs_complete"]:
            return result["outputs"]
        manifest = self.download(self.sign(f"results/{self.client_id}/{result['job_id']}/result.json"))
        return [{**output, "url": self.sign(output["key"])} for output in json.loads(manifest)["outputs"]]

    def sign(self, key: str) -> str:
        """Return a fresh presigned address of one of this client's outputs."""
        return self._call("GET", "/sign", params={"key": key})["url"]

    def download(self, url: str) -> bytes:
        """Return one output from its presigned address, which is called without the client's token."""
        answer = httpx.get(url, timeout=self._http.timeout, trust_env=goes_out(url))
        return answer.raise_for_status().content

    def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        answer = self._http.request(method, path, **request)
        for failures in range(1, TRIES):
            if not _busy(answer):
                break
            time.sleep(_pause(answer, failures))
            answer = self._http.request(method, path, **request)
        if answer.is_error:
            said = " ".join(answer.text.split())[:200]
            problem = _fields(answer) or {"detail": f"{method} {answer.url.path} answered {answer.status_code}: {said}"}
            if answer.status_code == 401 and "code" not in problem:  # API Gateway's answer, not a handler's
                problem = {"code": "not_signed_in", "detail": NOT_SIGNED_IN}
            raise ApiError(problem)
        if answer.is_success and not answer.content:
            return {}
        if not (value := _fields(answer)):
            where = answer.url.copy_with(query=None)
            raise ApiError({"detail": f"{where} answers, but not as the processing API does; check the address"})
        return value

"""Whom a stack calls of its own accord: a receiver of callbacks and a collector of traces, both on this machine.

The result is in the client's queue as ever.
"""

import json
import queue
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from clients.cli.client import Client
from clients.cli.local import sample
from runtime.local.cloud import LocalCloud
from runtime.local.program.project import ROOT
from tests.runtime.handlers.trace.receiver import Collector, collector

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
Call = tuple[str, dict[str, str], bytes]


class Receiver(ThreadingHTTPServer):
    """Takes every call and keeps it."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Call] = queue.Queue()
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                calls.put((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def traced() -> Iterator[Collector]:
    with collector() as server:
        yield server


@pytest.fixture(scope="module")
def system(receiver: Receiver, traced: Collector) -> Iterator[LocalCloud]:
    """A system that may call the receiver, and that tells the collector of jobs whose callers ask for it."""
    config = {
        "leaseSeconds": 20,
        "callbackHosts": [f"127.0.0.1:{receiver.server_port}"],
        "otlpEndpoint": traced.url,
        "tracePercent": 0,
    }
    with LocalCloud(config=config) as cloud:
        yield cloud


@pytest.mark.timeout(300)
def test_the_end_of_a_job_is_told_to_its_receiver_and_its_way_to_the_collector(
    system: LocalCloud, receiver: Receiver, traced: Collector
) -> None:
    image = sample.put(system.emulator.boto3_client("s3"), system.outputs["PacsBucket"])[10]
    pacs = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}
    api = system.outputs["ProcessingApiEndpoint"]
    with Client(api) as client:
        address = f"http://127.0.0.1:{receiver.server_port}/ended?of=a-job"
        callback = {"client_id": client.client_id, "url": address, "secret": SECRET}
        token = {"X-Client-Token": client.token}
        headers = {**token, "traceparent": f"00-{TRACE}-{CALLER}-01"}
        sent = httpx.post(f"{api}/process/gaussian", json={"pacs": pacs, "callback": callback}, headers=headers)
        job_id = sent.raise_for_status().json()["job_id"]
        path, headers, body = receiver.calls.get(timeout=120)
        message = client.wait_for(job_id, timeout=60)
        client.acknowledge(message)
    assert path == "/ended?of=a-job" and headers["webhook-id"] == job_id
    example: dict[str, Any] = {}
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/callbacks.md").read_text(), re.DOTALL)
    exec(code, example)
    example["verify"](SECRET, headers, body)
    told = json.loads(body)["data"]
    assert (told["job_id"], told["state"], message["result"]["status"]) == (job_id, "succeeded", "succeeded")
    assert SECRET not in json.dumps(message) and address not in json.dumps(message)
    parts = ("accept", "wait", "fetch", "compute", "commit", "publish", "deliver", "callback")
    spans = traced.trace(TRACE, {"job gaussian", *parts})
    whole = spans["job gaussian"]
    assert (whole.parent, whole.attributes["imaging.job_id"]) == (CALLER, job_id)
    assert {spans[name].parent for name in parts} == {whole.span_id}
    starts = [spans[name].start for name in parts[:6]]
    assert starts == sorted(starts) and whole.start == starts[0] and whole.end == spans["publish"].end
    assert all(span.start <= span.end and not span.failed for span in spans.values())
    assert {name: spans[name].service for name in ("accept", "compute", "callback")} == {
        "accept": "imaging-api",
        "compute": "imaging-worker",
        "callback": "imaging-api",
    }
    assert not [text for text in pacs.values() if text in str(traced.spans)]


@pytest.mark.timeout(300)
def test_each_job_of_a_batch_is_told_once_cancelled_or_not_while_the_collector_hangs(
    system: LocalCloud, receiver: Receiver, traced: Collector
) -> None:
    traced.hanging.set()
    earlier = len(traced.heads)
    images = sample.put(system.emulator.boto3_client("s3"), system.outputs["PacsBucket"])[:3]
    pacs = [{"study_id": each.study_id, "series_id": each.series_id, "image_id": each.image_id} for each in images]
    callback = {"url": f"http://127.0.0.1:{receiver.server_port}/batch", "secret": SECRET}
    trace = f"00-{'1' * 32}-{CALLER}-01"
    with Client(system.outputs["ProcessingApiEndpoint"], callback=callback, traceparent=trace) as client:
        done = client.submit_batch("gaussian", pacs, {})
        cancelled = client.submit_batch("gaussian", pacs, {})
        client.cancel_batch(cancelled["batch_id"])
        job_ids = [*done["job_ids"], *cancelled["job_ids"]]
        ended = {result["job_id"]: result["status"] for result in client.wait_all(job_ids, timeout=120)}
        calls = [receiver.calls.get(timeout=120) for _ in job_ids]
    with traced.arrived:
        assert traced.arrived.wait_for(lambda: len(traced.heads) > earlier, 60)
    traced.hanging.clear()
    assert {path for path, _, _ in calls} == {"/batch"}
    told = {headers["webhook-id"]: json.loads(body)["data"]["state"] for _, headers, body in calls}
    assert told == ended and [told[each] for each in done["job_ids"]] == ["succeeded"] * 3

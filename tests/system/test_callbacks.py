"""A receiver on this machine is told that a job has ended, and the result is in the client's queue as ever."""

import json
import queue
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from clients.cli import sample
from clients.cli.client import Client
from runtime.local.cloud import LocalCloud
from runtime.local.program.project import ROOT

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
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
def system(receiver: Receiver) -> Iterator[LocalCloud]:
    """A system that may call the receiver."""
    with LocalCloud(config={"leaseSeconds": 20, "callbackHosts": [f"127.0.0.1:{receiver.server_port}"]}) as cloud:
        yield cloud


@pytest.mark.timeout(300)
def test_the_end_of_a_job_is_told_to_its_receiver(system: LocalCloud, receiver: Receiver) -> None:
    image = sample.put(system.emulator.boto3_client("s3"), system.outputs["PacsBucket"])[10]
    pacs = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}
    api = system.outputs["ProcessingApiEndpoint"]
    with Client(api) as client:
        address = f"http://127.0.0.1:{receiver.server_port}/ended?of=a-job"
        callback = {"client_id": client.client_id, "url": address, "secret": SECRET}
        token = {"X-Client-Token": client.token}
        sent = httpx.post(f"{api}/process/gaussian", json={"pacs": pacs, "callback": callback}, headers=token)
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

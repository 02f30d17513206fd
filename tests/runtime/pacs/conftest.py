"""A PACS API served over HTTP from the embedded cloud's S3, filled with real files."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from runtime.local.emulator.emulator import Emulator, free_port
from runtime.local.samples import mr_brain
from tests.runtime.dicom.files import FILES, Write, writer
from tests.runtime.pacs.server import BUCKET, ODD, Server
from tests.runtime.pacs.upstream import Upstream


@pytest.fixture(scope="session")
def upstream() -> Iterator[Upstream]:
    """An HTTP server instead of the processing API, which is tested elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.calls.append({"path": self.path, "headers": headers, "body": json.loads(body)})
            status, answer = state.answer
            content = json.dumps(answer).encode()
            self.send_response(status)
            if state.location:
                self.send_header("Location", state.location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = Upstream(f"http://127.0.0.1:{server.server_port}", [])
    Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def bucket(cloud: Emulator) -> str:
    """The existing bucket: the sample series, the odd files, and objects that are no images."""
    s3 = cloud.boto3_client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    for image in mr_brain():
        key = f"{image.study_id}/{image.series_id}/{image.image_id}.dcm"
        s3.put_object(Bucket=BUCKET, Key=key, Body=image.path.read_bytes())
    for image_id, name in ODD.items():
        s3.put_object(Bucket=BUCKET, Key=f"odd/files/{image_id}.dcm", Body=(FILES / name).read_bytes())
    s3.put_object(Bucket=BUCKET, Key="odd/files/broken.dcm", Body=b"this is no DICOM file")
    s3.put_object(Bucket=BUCKET, Key="odd/files/notes.txt", Body=b"beside the images")
    s3.put_object(Bucket=BUCKET, Key="README", Body=b"beside the studies")
    ct = (FILES / "CT_small.dcm").read_bytes()
    for name in ("ct-a", "ct-b", "ct-c"):
        s3.put_object(Bucket=BUCKET, Key=f"three/{name}/1.dcm", Body=ct)
    return BUCKET


@pytest.fixture(scope="session")
def server(
    cloud: Emulator, bucket: str, upstream: Upstream, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The API in a process of its own, started as its container starts it."""
    log = tmp_path_factory.mktemp("pacs") / "pacs.log"
    port = free_port()
    environment = {
        **os.environ,
        **cloud.environment,
        "PACS_BUCKET": bucket,
        "PROCESSING_API_BASE": upstream.address,
        "CORS_ORIGINS": "http://viewer.example",
        "PORT": str(port),
        "UPLOADS": "true",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "runtime.pacs"], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    served = Server(f"http://127.0.0.1:{port}", log)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                httpx.get(served.address + "/health", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None and time.monotonic() < deadline, log.read_text()
                time.sleep(0.05)
        yield served
    finally:
        process.terminate()
        assert process.wait(30) in (0, -15), log.read_text()


@pytest.fixture(scope="session")
def api(server: Server) -> Iterator[httpx.Client]:
    """An HTTP client of the served API."""
    with httpx.Client(base_url=server.address, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a variant of MR_small.dcm: `pixels` replaces its own, keywords set attributes (None removes one)."""
    return writer(tmp_path)

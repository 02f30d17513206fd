"""The two servers, each with the same instances: ours over the embedded cloud's S3, Orthanc over its own folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from bench.pacs.instances import STUDY, Instance
from runtime.local.emulator.emulator import Emulator, free_port

BUCKET: Final = "pacs-of-the-bench"
START_SECONDS: Final = 120.0
PLUGIN: Final = Path("/usr/share/orthanc/plugins/libOrthancGdcm.so")  # decodes JPEG 2000
Window = tuple[float, float] | None
Address = Callable[[Instance, Window], str]  # of a picture, with a window or its own


class Server(NamedTuple):
    """A server: its port, its addresses, and its process, of which 0 is not ours to look at."""

    port: int
    address: Address
    process: int = 0


def missing() -> str | None:
    """Return what the bench needs and this machine lacks, with the way to get it; None if it has all."""
    if shutil.which("Orthanc"):
        return None
    return "needs Debian's Orthanc: apt-get install --no-install-recommends orthanc orthanc-gdcm"


@contextmanager
def ours(cloud: Emulator, stored: Sequence[Instance]) -> Iterator[Server]:
    """Serve the instances as the PACS API's container does; yield it."""
    s3 = cloud.boto3_client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    for each in stored:
        s3.put_object(Bucket=BUCKET, Key=f"{STUDY}/{each.series}/{each.uid}.dcm", Body=each.content)
    port = free_port()
    environment = {**os.environ, **cloud.environment, "PACS_BUCKET": BUCKET, "PORT": str(port)}

    def address(instance: Instance, window: Window) -> str:
        query = f"?wc={window[0]}&ww={window[1]}" if window else ""
        return f"/studies/{STUDY}/series/{instance.series}/images/{instance.uid}{query}"

    with _running([sys.executable, "-m", "runtime.pacs"], environment, f"http://127.0.0.1:{port}/health") as process:
        yield Server(port, address, process)


def bare_s3(cloud: Emulator) -> Server:
    """Return the embedded cloud's S3, with the addresses of the objects that `ours` reads of it."""

    def address(instance: Instance, _: Window) -> str:
        return f"/{BUCKET}/{STUDY}/{instance.series}/{instance.uid}.dcm"

    return Server(cloud.port, address)


@contextmanager
def orthanc(folder: Path, stored: Sequence[Instance]) -> Iterator[Server]:
    """Serve the instances by Orthanc with its own settings, but on loopback and without a password."""
    port = free_port()
    plugins = [str(PLUGIN)] if PLUGIN.exists() else []
    settings: dict[str, Any] = {
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "index"),
        "HttpPort": port,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomServerEnabled": False,
        "Plugins": plugins,
    }
    (folder / "orthanc.json").write_text(json.dumps(settings))
    names: dict[str, str] = {}

    def address(instance: Instance, window: Window) -> str:
        query = f"?window-center={window[0]}&window-width={window[1]}" if window else ""
        return f"/instances/{names[instance.uid]}/rendered{query}"

    base = f"http://127.0.0.1:{port}"
    with _running(["Orthanc", str(folder / "orthanc.json")], dict(os.environ), f"{base}/system") as process:
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            for each in stored:
                answer = client.post("/instances", content=each.content).raise_for_status()
                names[each.uid] = answer.json()["ID"]
        yield Server(port, address, process)


@contextmanager
def _running(command: list[str], environment: dict[str, str], health: str) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(health):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False).is_success
    except httpx.HTTPError:
        return False

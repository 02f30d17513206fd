"""A running system for the browser's tests: prints its addresses as one line of JSON, then obeys lines on stdin.

Its page is served twice: as that of an open stack, and as that of one whose users sign in at the issuer that is given.

With `examples` as second argument the distributions in `examples/` are installed for this system alone.

Commands: `kill-worker ALGORITHM` (SIGKILL, as a lost machine would), `stop`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from tempfile import TemporaryDirectory
from typing import Any

from clients.web.e2e.files import files, large_files
from runtime.contracts.origin import API_PREFIX, PACS_PREFIX
from runtime.local.cloud import LocalCloud
from runtime.local.page.application import System
from runtime.local.page.build import built
from runtime.local.page.serve import MAY, WebServer
from runtime.local.program.project import ROOT

LEASE = 15  # seconds: a lost worker's job is taken up again after them


def workers(cloud: LocalCloud, algorithm: str) -> list[int]:
    """Return the process ids of the running workers of an algorithm."""
    name = f"{algorithm.replace('_', '-')}-service-"
    return cloud.supervisor.processes(name) if cloud.supervisor else []


def say(answer: dict[str, Any]) -> None:
    """Answer with one line of JSON."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


@contextmanager
def examples(wanted: bool) -> Iterator[None]:
    """Let what is started meanwhile find the examples, as pip installs them into a folder."""
    if not wanted:
        yield
        return
    with TemporaryDirectory() as folder:
        options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
        found = [str(each.parent) for each in sorted(ROOT.glob("examples/*/pyproject.toml"))]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", folder, *found], check=True)
        os.environ["PYTHONPATH"] = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
        yield


def main() -> None:
    """Run until stdin closes."""
    page = built()
    config = {"leaseSeconds": LEASE, "uploads": True}
    with examples("examples" in sys.argv[2:]), LocalCloud(config=config) as cloud:
        bucket = cloud.outputs["PacsBucket"]
        s3 = cloud.emulator.boto3_client("s3")
        for key, content in chain(files(), large_files() if "large" in sys.argv else ()):
            s3.put_object(Bucket=bucket, Key=key, Body=content)
        guarded = {"AUTH": "jwt", "OIDC": json.loads(sys.argv[1])}
        storage = cloud.emulator.endpoint
        system = System(cloud.outputs["ProcessingApiEndpoint"], cloud.outputs["PacsApiLB"], storage)
        with WebServer(page, system, MAY) as web, WebServer(page, system, guarded) as second:
            say(
                {
                    "web": web.address,
                    "guarded": second.address,
                    "s3": storage,
                    "API_BASE": web.address + API_PREFIX,
                    "PACS_API_BASE": web.address + PACS_PREFIX,
                }
            )
            for line in sys.stdin:
                command, *rest = line.split()
                if command == "stop":
                    break
                if command == "kill-worker":
                    killed = workers(cloud, rest[0])
                    for pid in killed:
                        os.kill(pid, signal.SIGKILL)
                    say({"killed": killed})


if __name__ == "__main__":
    main()

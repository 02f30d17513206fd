"""A running `imaging up` in a folder, with distributions that are installed for it alone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clients.cli.local import record

ROOT = Path(__file__).parents[2]
EXAMPLES = ("processing-1", "vessel-filter", "registration", "tissue-segmentation")
IMAGING = [sys.executable, "-m", "clients.cli"]


def environment(*path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    paths = [*map(str, path), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths)}


@contextmanager
def up(folder: Path, variables: dict[str, str]) -> Iterator[dict[str, str]]:
    """A running `imaging up` and the addresses that `imaging outputs` gives for it."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*IMAGING, "up"], cwd=folder, env=variables, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 120
        while not (folder / record.RECORD).exists():
            assert process.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.1)
        addresses = subprocess.run(
            [*IMAGING, "outputs", "--format", "json"], cwd=folder, capture_output=True, check=True
        )
        yield json.loads(addresses.stdout)
    finally:
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)  # an impatient second one breaks nothing
        assert process.wait(60) == 0, (folder / "log").read_text()
    assert not (folder / record.RECORD).exists()


def install(target: Path) -> None:
    """Let pip install the example distributions into a folder."""
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(target)]
    subprocess.run([*command, *(str(ROOT / "examples" / each) for each in EXAMPLES)], check=True)

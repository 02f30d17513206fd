"""The deployed system with the bench's own algorithms, and one client of it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.instruments.measure import Action
from clients.cli.client import Client
from clients.cli.local import sample
from runtime.local.cloud import LocalCloud

PLUGIN = Path(__file__).parents[1] / "plugin"


@dataclass(frozen=True)
class System:
    """What is measured: the cloud, a client, and the reference of a slice."""

    cloud: LocalCloud
    client: Client
    pacs: dict[str, str]
    file: Path

    def job(self, algorithm: str) -> Action:
        """Return the action that sends one job and waits for its result, which is acknowledged off the clock."""

        def action() -> Any:
            job_id = self.client.submit(algorithm, self.pacs, {})
            while not (messages := self.client.poll(wait=20)):
                pass
            result = messages[0]["result"]
            if result["job_id"] != job_id or result["status"] != "succeeded":
                raise RuntimeError(f"{algorithm} did not succeed: {result}")
            return lambda: self.client.acknowledge(messages[0])

        return action


def install_plugin(folder: Path = PLUGIN) -> None:
    """Put a plugin of the bench's on the path of this process and of all that it starts."""
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


@contextmanager
def system(cloud: LocalCloud) -> Iterator[System]:
    """Bring the cloud up with images in it and a client."""
    with cloud:
        images = sample.put(cloud.emulator.boto3_client("s3"), cloud.outputs["PacsBucket"])
        middle = images[len(images) // 2]
        pacs = {**dict(zip(("study_id", "series_id", "image_id"), middle[:3], strict=True)), "scope": "image"}
        with Client(cloud.outputs["ProcessingApiEndpoint"], timeout=60) as client:
            yield System(cloud, client, pacs, middle.path)

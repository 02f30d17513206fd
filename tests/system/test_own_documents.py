"""Whatever calls schemathesis makes of their own OpenAPI documents, both APIs answer as these say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clients.cli.client import Client
from clients.cli.local.sample import SampleImage
from runtime.local.cloud import LocalCloud

MEANT = Path(__file__).with_name("documents")
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "10")  # of each operation
# A long poll holds its call for up to 20 s, and the other would remove the client that makes all calls: test_proxy.py
# and test_provision.py of the handlers try both.
LEFT_OUT = ("--exclude-path", "/proxy-sqs", "--exclude-operation-id", "unprovision")


def asked(address: str, meant: str, folder: Path, *options: str) -> None:
    """Call an API in each way that its document allows, and in many that it forbids."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(MEANT / meant), "run"]
    where = [f"{address}/openapi.json", "--url", address, "--request-timeout", "30", "--max-examples", EXAMPLES]
    run = subprocess.run(
        [*command, *where, "--no-color", *options], cwd=folder, capture_output=True, text=True, timeout=170
    )
    assert run.returncode == 0, f"{run.stdout}{run.stderr}"


@pytest.mark.usefixtures("images")
def test_the_pacs_api_answers_as_its_document_says(deployed: LocalCloud, tmp_path: Path) -> None:
    asked(deployed.outputs["PacsApiLB"].rstrip("/"), "pacs.toml", tmp_path)


def test_the_processing_api_answers_as_its_document_says(
    api: str, images: list[SampleImage], client: Client, tmp_path: Path
) -> None:
    assert images
    asked(api, "processing.toml", tmp_path, *LEFT_OUT, "--header", f"X-Client-Token: {client.token}")

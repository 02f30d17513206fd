"""Jobs and previews through the images, on the local system."""

import time

import httpx
import pytest

from clients.cli.client import Client
from runtime.local.samples import mr_brain
from tests.images.conftest import IMAGES, Unattended, tell
from tests.images.root import Root

JOBS = [("gaussian", "image"), ("curvature_flow", "series"), ("processing_1", "image")]


@pytest.mark.parametrize(("algorithm", "scope"), JOBS)
def test_a_job_and_its_preview(system: Unattended, algorithm: str, scope: str) -> None:
    image = mr_brain()[9]
    reference = {"study_id": image.study_id, "series_id": image.series_id, "scope": scope}
    if scope == "image":
        reference["image_id"] = image.image_id
    with Client(system.outputs["ProcessingApiEndpoint"]) as client:
        message = client.wait_for(client.submit(algorithm, reference, {}), timeout=120)
        result = message["result"]
        client.acknowledge(message)
        assert result["status"] == "succeeded", result
        preview = client.download(next(each for each in client.outputs(result) if each["kind"] == "preview")["url"])
    assert preview.startswith(b"\x89PNG")


def test_the_pacs_api_shows_an_image(system: Unattended) -> None:
    image, base = mr_brain()[9], system.outputs["PacsApiLB"]
    deadline = time.monotonic() + 60
    while True:
        try:
            answer = httpx.get(f"{base}/studies/{image.study_id}/series/{image.series_id}/images/{image.image_id}")
            break
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", IMAGES)
def test_how_long_its_program_takes_to_load(roots: dict[str, Root], name: str) -> None:
    module = "runtime.pacs.app" if name.endswith("pacs") else "runtime.worker.main"
    started = time.monotonic()
    roots[name].run("python", "-c", f"import {module}")
    tell(f"{name}: {module} is loaded {time.monotonic() - started:.1f} s after the start")

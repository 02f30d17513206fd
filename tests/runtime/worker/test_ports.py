"""A worker fetches further inputs, hands them to the algorithm and stores its declared outputs."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from runtime.contracts.models import JobMessage, JobResult
from runtime.local.emulator.emulator import Emulator
from runtime.worker.child.files.metaimage import decoded
from tests.runtime.worker.new_site import new_site
from tests.runtime.worker.site import IMAGE, Shared, Site

SECONDS = 120  # on a busy machine


@pytest.fixture(scope="module")
def ported(cloud: Emulator, shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of the algorithm with ports, and a running worker."""
    folder: Path = tmp_path_factory.mktemp("ported")
    with new_site(cloud, shared, folder, "ported") as site, site.worker():
        yield site


def run(site: Site, *, inputs: Any = None, threshold: float = 1000.0) -> JobResult:
    """Run a job and return its result as its client reads it."""
    job = site.job(inputs=inputs or {}, outputs=("preview", "values", "nifti"), version=2)
    job = JobMessage(**{**job.model_dump(), "parameters": {"threshold": threshold}})
    return site.client.wait(site.send_job(job), seconds=SECONDS)[0]


def labels(site: Site, result: JobResult) -> Any:
    """Return the pixels of the labels that a job stored."""
    (output,) = [each for each in result.outputs if each.name == "bright.mha"]
    body = site.cloud.boto3_client("s3").get_object(Bucket=site.output_bucket, Key=output.key)["Body"].read()
    return decoded(body)[0].pixels


def test_outputs_of_one_job_are_inputs_of_the_next(ported: Site) -> None:
    first = run(ported)
    assert (first.status, first.error) == ("succeeded", None)
    assert [(port.name, port.type) for port in first.ports] == [
        ("bright", "labels"), ("count", "quantity"), ("brightest", "points"),
    ]  # fmt: skip
    names = {output.name for output in first.outputs}
    assert names == {"bright-preview-0001.png", "bright.mha", "bright.nii.gz", "brightest.json", "brightest.mrk.json"}
    assert 0 < labels(ported, first).sum() == first.measurements["count"]
    inputs = {
        "prior": ({**IMAGE.model_dump()},),
        "within": ({"job_id": first.job_id, "output": "bright"},),
        "seeds": ({"job_id": first.job_id, "output": "brightest"},),
    }
    second = run(ported, inputs=inputs, threshold=-5000.0)
    assert second.error is None and second.inputs == inputs
    assert np.array_equal(labels(ported, second), labels(ported, first))  # nothing outside of the first one's labels


def test_the_manifest_has_what_a_dicom_object_needs(ported: Site) -> None:
    seeds = {"points": [{"position": [0.0, 0.0, 0.0], "name": ""}]}
    result = run(ported, inputs={"seeds": (seeds,)})
    assert result.source is None and result.used == ()  # not in the message
    manifest = ported.manifest(result.job_id)
    assert manifest.source is not None and manifest.source.modality == "CT"
    assert len(manifest.source.instances) == 1 and "StudyInstanceUID" in manifest.source.identifiers
    assert [(each.name, each.count) for each in manifest.used] == [("seeds", 1)]
    geometry = manifest.ports[0].geometry
    assert geometry is not None and (geometry.size, geometry.dtype) == ((1, 128, 128), "uint8")


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({"within": ({"job_id": uuid.uuid4().hex, "output": "bright"},)}, "input_not_found", "it has no results"),
        ({"prior": ({**IMAGE.model_dump(), "image_id": "9"},)}, "input_not_found", "The PACS has no image 9"),
        ({"prior": ({"something": "newer"},)}, "bad_message", "a form that is not known"),
    ],
)
def test_an_input_that_is_not_there_ends_the_job(ported: Site, inputs: Any, code: str, said: str) -> None:
    result = run(ported, inputs=inputs)
    assert result.error is not None and (result.status, result.error.code) == ("failed", code)
    assert said in result.error.message

"""Overlays and segments through HTTP."""

from collections.abc import Iterator
from io import BytesIO

import httpx
import numpy as np
import pytest

from runtime.local.emulator.emulator import Emulator
from tests.runtime.dicom.files import FILES, liver

DRAWN = ("overlay", "segmentation")


@pytest.fixture(scope="module", autouse=True)
def drawn(cloud: Emulator, bucket: str) -> Iterator[None]:
    s3 = cloud.boto3_client("s3")
    out = BytesIO()
    liver().save_as(out)
    for name, content in zip(DRAWN, ((FILES / "examples_overlay.dcm").read_bytes(), out.getvalue()), strict=True):
        s3.put_object(Bucket=bucket, Key=f"drawn/{name}/1.dcm", Body=content)
    yield
    for name in DRAWN:
        s3.delete_object(Bucket=bucket, Key=f"drawn/{name}/1.dcm")


def test_a_stack_says_how_many_overlays_an_image_has_and_each_frames_are_given(api: httpx.Client) -> None:
    series = "/studies/drawn/series/overlay"
    (image,) = api.get(f"{series}/stack").raise_for_status().json()["images"]
    found = api.get(f"{series}/images/1/overlays?frame=1").raise_for_status().json()
    assert image["overlays"] == len(found["overlays"]) == 1
    assert api.get(f"{series}/images/1/overlays?frame=9999").status_code == 404
    assert api.get(f"{series}/images/1/segments").json()["code"] == "input_unsupported"


def test_a_segmentations_frames_have_their_values_beside_their_places(api: httpx.Client) -> None:
    image = "/studies/drawn/series/segmentation/images/1"
    found = api.get(f"{image}/segments").raise_for_status().json()
    assert len(found["frames"]) == 1
    values = np.frombuffer(api.get(f"{image}/pixels?frame=1").raise_for_status().content, "<u2")
    assert values.size == found["rows"] * found["columns"] and set(values.tolist()) == {0, 1}

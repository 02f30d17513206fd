"""Values and their meaning for a viewer, through HTTP."""

import httpx
import numpy as np
import pydicom
import pytest

from runtime.local.samples import mr_brain
from tests.runtime.dicom.files import FILES
from tests.runtime.pacs.server import ODD

FILES_AT = "/studies/odd/series/files/images"
TYPES = {"int16": "<i2", "uint16": "<u2", "float32": "<f4", "rgb8": "u1"}


@pytest.mark.parametrize("image_id", ["ct", "plain", "jpeg2000", "jpeg-12", "us-colour", "palette", "us-cine"])
def test_values_have_the_type_and_shape_that_the_metadata_says(api: httpx.Client, image_id: str) -> None:
    about = api.get(f"{FILES_AT}/{image_id}/metadata").raise_for_status().json()
    answer = api.get(f"{FILES_AT}/{image_id}/pixels").raise_for_status()
    assert answer.headers["content-encoding"] == "gzip"
    values = np.frombuffer(answer.content, TYPES[about["type"]])
    assert values.size == about["rows"] * about["columns"] * about["samples"]
    assert len(about["planes"]) == about["frames"]


def test_values_are_the_stored_ones(api: httpx.Client) -> None:
    stored = pydicom.dcmread(FILES / ODD["ct"])
    about = api.get(f"{FILES_AT}/ct/metadata").json()
    values = np.frombuffer(api.get(f"{FILES_AT}/ct/pixels").content, TYPES[about["type"]]).reshape(128, 128)
    assert np.array_equal(values, stored.pixel_array)
    (plane,) = about["planes"]
    assert (plane["slope"], plane["intercept"]) == (1.0, -1024.0)
    assert (about["type"], about["signed"], about["modality"], about["unit"]) == ("int16", True, "CT", "HU")
    assert plane["pixel_spacing"] == [0.661468, 0.661468]


def test_a_window_that_is_none_is_not_passed_on(api: httpx.Client) -> None:
    image = mr_brain()[0]
    address = f"/studies/{image.study_id}/series/{image.series_id}/images/{image.image_id}/metadata"
    (plane,) = api.get(address).json()["planes"]
    assert plane["windows"] == []
    assert plane["position"] == [-110.5, -78.3063, -72.7575]


def test_frames_and_callers_without_gzip(api: httpx.Client) -> None:
    plain = api.get(f"{FILES_AT}/us-cine/pixels", params={"frame": 30}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and len(plain.content) == 240 * 320 * 3
    assert plain.content == api.get(f"{FILES_AT}/us-cine/pixels", params={"frame": 30}).content
    assert plain.content != api.get(f"{FILES_AT}/us-cine/pixels").content
    assert api.get(f"{FILES_AT}/us-cine/pixels", params={"frame": 31}).status_code == 404
    known = {"If-None-Match": plain.headers["etag"], "Accept-Encoding": "identity"}
    assert api.get(f"{FILES_AT}/us-cine/pixels", params={"frame": 30}, headers=known).status_code == 304

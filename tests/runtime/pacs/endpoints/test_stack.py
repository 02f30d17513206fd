"""A series as a stack, through HTTP."""

import httpx
import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.local.emulator.emulator import Emulator
from runtime.local.samples import mr_brain
from tests.runtime.dicom.files import Write

MR = mr_brain()
ADDRESS = f"/studies/{MR[0].study_id}/series/{MR[0].series_id}"


def test_the_planes_are_in_the_order_in_which_a_job_has_them(api: httpx.Client) -> None:
    stack = api.get(f"{ADDRESS}/stack").raise_for_status().json()
    volume = read_image([image.path for image in MR])
    assert len(stack["order"]) == len(volume.pixels) == 20
    for plane, (at, frame) in zip(volume.pixels, stack["order"], strict=True):
        image_id = stack["images"][at]["image_id"]
        answer = api.get(f"{ADDRESS}/images/{image_id}/pixels", params={"frame": frame + 1}).raise_for_status()
        stored = np.frombuffer(answer.content, "<i2").reshape(plane.shape)
        assert np.array_equal(stored, plane)


def test_each_image_says_what_its_metadata_says(api: httpx.Client) -> None:
    stack = api.get(f"{ADDRESS}/stack").json()
    assert stack["modality"] == "MR"
    assert stack["series_description"] == "FSE PD AXIAL OBL"
    for image in (stack["images"][0], stack["images"][-1]):
        metadata = api.get(f"{ADDRESS}/images/{image['image_id']}/metadata").json()
        assert {name: value for name, value in image.items() if name != "image_id"} == metadata


def test_colour_frames_and_floats_are_told_from_the_header_alone(api: httpx.Client) -> None:
    stack = api.get("/studies/odd/series/files/stack").raise_for_status().json()
    images = {image["image_id"]: image for image in stack["images"]}
    assert images["us-colour"]["type"] == "rgb8"
    assert images["us-cine"]["frames"] == len(images["us-cine"]["planes"]) > 1
    assert images["ct"]["unit"] == "HU"
    assert "report" not in images
    for name in ("ct", "us-colour", "palette", "jpeg-12"):
        metadata = api.get(f"/studies/odd/series/files/images/{name}/metadata").json()
        assert metadata == {key: value for key, value in images[name].items() if key != "image_id"}


def test_an_absent_series_is_not_found(api: httpx.Client) -> None:
    assert api.get(f"/studies/{MR[0].study_id}/series/none/stack").status_code == 404


@pytest.mark.parametrize(
    ("name", "places", "good_for", "reason"),
    [
        ("even", [0, 1, 2], ["regular", "resampled", "any"], None),
        ("gap", [0, 1, 2, 4], ["resampled", "any"], "A slice seems to be missing"),
        ("twice", [0, 1, 1, 2], ["any"], "4 planes at 3 positions"),
    ],
)
def test_a_stack_says_what_it_is_good_for(
    api: httpx.Client, cloud: Emulator, bucket: str, write: Write, name: str, places: list[int], good_for: list[str],
    reason: str | None,
) -> None:  # fmt: skip
    for number, z in enumerate(places):
        path = write(
            ImagePositionPatient=[0, 0, z],
            ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
            InstanceNumber=number,
        )
        cloud.boto3_client("s3").put_object(Bucket=bucket, Key=f"needs/{name}/{number}.dcm", Body=path.read_bytes())
    stack = api.get(f"/studies/needs/series/{name}/stack").raise_for_status().json()
    assert stack["good_for"] == good_for
    assert stack["not_a_volume"] is None if reason is None else reason in stack["not_a_volume"]


def test_a_series_with_a_file_that_cannot_be_read_is_good_for_nothing(api: httpx.Client) -> None:
    stack = api.get("/studies/odd/series/files/stack").json()
    assert {each["code"] for each in stack["refused"]} <= {"input_unreadable", "input_unsupported"}
    assert stack["refused"] and stack["good_for"] == []


def test_a_series_of_two_echoes_is_offered_as_two_volumes(
    api: httpx.Client, cloud: Emulator, bucket: str, write: Write
) -> None:
    for number, (echo, z) in enumerate([(echo, z) for echo in (1, 2) for z in (2, 0)]):
        path = write(
            ImagePositionPatient=[0, 0, z], ImageOrientationPatient=[1, 0, 0, 0, 1, 0], EchoNumbers=echo, EchoTime=10
        )
        cloud.boto3_client("s3").put_object(Bucket=bucket, Key=f"needs/echoes/{number}.dcm", Body=path.read_bytes())
    stack = api.get("/studies/needs/series/echoes/stack").raise_for_status().json()
    assert "4 planes at 2 positions" in stack["not_a_volume"]
    assert stack["not_a_volume_code"] == "same_place"
    ids = [volume.pop("id") for volume in stack["volumes"]]
    assert len(set(ids)) == 2
    assert stack["volumes"] == [
        {"distinction": {"EchoNumbers": "1"}, "order": [[1, 0], [0, 0]], "spacing": 2.0},
        {"distinction": {"EchoNumbers": "2"}, "order": [[3, 0], [2, 0]], "spacing": 2.0},
    ]


def test_a_series_of_what_is_not_supported_says_so(
    api: httpx.Client, cloud: Emulator, bucket: str, write: Write
) -> None:
    content = write(PhotometricInterpretation="CMYK", SamplesPerPixel=4).read_bytes()
    cloud.boto3_client("s3").put_object(Bucket=bucket, Key="needs/cmyk/1.dcm", Body=content)
    answer = api.get("/studies/needs/series/cmyk/stack")
    assert (answer.status_code, answer.json()["code"]) == (422, "input_unsupported")

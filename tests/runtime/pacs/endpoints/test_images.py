"""Previews and originals, through HTTP."""

from typing import Any

import cv2
import httpx
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray

from runtime.dicom import render
from runtime.local.emulator.emulator import Emulator
from runtime.local.samples import mr_brain
from tests.runtime.dicom.files import FILES
from tests.runtime.pacs.server import ODD

MR = mr_brain()
BRAIN = f"/studies/{MR[0].study_id}/series/{MR[0].series_id}/images"
FILES_AT = "/studies/odd/series/files/images"


def picture(response: httpx.Response) -> NDArray[Any]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "image/png"
    decoded = cv2.imdecode(np.frombuffer(response.content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None and decoded.dtype == np.uint8
    return np.asarray(decoded)


def problem(response: httpx.Response, status: int, code: str) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:imaging:problem:{code}")
    return body


def test_slice_is_shown_through_the_window_asked_for(api: httpx.Client) -> None:
    shown = picture(api.get(f"{BRAIN}/{MR[9].image_id}", params={"wc": 400, "ww": 800}))
    stored = pydicom.dcmread(MR[9].path).pixel_array
    assert np.array_equal(shown, render(stored, (400.0, 800.0)))


def test_slice_without_a_usable_window_still_shows_the_head(api: httpx.Client) -> None:
    shown = picture(api.get(f"{BRAIN}/{MR[9].image_id}"))  # its window is 0/0
    assert shown.shape == (256, 256)
    assert shown.min() == 0 and shown.max() == 255 and shown.std() > 30


def test_the_files_own_window_is_the_default(api: httpx.Client) -> None:
    stored = pydicom.dcmread(FILES / "MR_small.dcm")
    expected = render(stored.pixel_array, (float(stored.WindowCenter), float(stored.WindowWidth)))
    assert np.array_equal(picture(api.get(f"{FILES_AT}/plain")), expected)


@pytest.mark.parametrize("same", ["jpeg2000", "jpeg-ls", "rle"])
def test_lossless_transfer_syntaxes_show_the_same_picture(api: httpx.Client, same: str) -> None:
    assert np.array_equal(picture(api.get(f"{FILES_AT}/{same}")), picture(api.get(f"{FILES_AT}/plain")))


@pytest.mark.parametrize("image_id", ["us-colour", "us-cine", "palette", "jpeg-lossy", "colour-16"])
def test_colour_is_shown_in_colour(api: httpx.Client, image_id: str) -> None:
    stored = pydicom.dcmread(FILES / ODD[image_id], stop_before_pixels=True)
    shown = picture(api.get(f"{FILES_AT}/{image_id}"))
    assert shown.shape == (stored.Rows, stored.Columns, 3)
    assert np.ptp(shown.astype(int), axis=2).max() > 50, "some pixel has a colour"


def test_signed_and_twelve_bit_images(api: httpx.Client) -> None:
    air = picture(api.get(f"{FILES_AT}/ct", params={"wc": -1000, "ww": 100}))
    bone = picture(api.get(f"{FILES_AT}/ct", params={"wc": 1000, "ww": 100}))
    assert air.mean() > 200 > 20 > bone.mean()
    assert picture(api.get(f"{FILES_AT}/jpeg-12")).shape == (1024, 256)


def test_a_window_may_be_narrower_than_one_value(api: httpx.Client) -> None:
    # LINEAR is defined from 1 on; LINEAR_EXACT, which a narrower one means, is 255 above its upper end
    shown = picture(api.get(f"{FILES_AT}/ct", params={"wc": 0.25, "ww": 0.5}))
    assert set(np.unique(shown)) == {0, 255}


def test_frames_of_a_multi_frame_image(api: httpx.Client) -> None:
    first = picture(api.get(f"{FILES_AT}/us-cine"))
    assert np.array_equal(first, picture(api.get(f"{FILES_AT}/us-cine", params={"frame": 1})))
    assert not np.array_equal(first, picture(api.get(f"{FILES_AT}/us-cine", params={"frame": 30})))
    missing = problem(api.get(f"{FILES_AT}/us-cine", params={"frame": 31}), 404, "input_not_found")
    assert missing["detail"] == "The image has 30 frames, no frame 31."


def test_series_is_a_mosaic_in_the_order_of_space(api: httpx.Client) -> None:
    shown = picture(api.get(f"{BRAIN}/{MR[0].image_id}", params={"scope": "series", "wc": 400, "ww": 800}))
    assert shown.shape == (4 * 256, 5 * 256)
    for index, image in enumerate(MR):
        top, left = index // 5 * 256, index % 5 * 256
        expected = render(pydicom.dcmread(image.path).pixel_array, (400.0, 800.0))
        assert np.array_equal(shown[top : top + 256, left : left + 256], expected)


def test_study_shows_one_plane_of_each_series(api: httpx.Client) -> None:
    shown = picture(api.get("/studies/three/series/ct-a/images/1", params={"scope": "study"}))
    assert shown.shape == (2 * 128, 2 * 128)
    assert np.array_equal(shown[:128, :128], shown[:128, 128:]) and shown[128:, 128:].max() == 0


def test_size_bounds_the_picture(api: httpx.Client) -> None:
    assert picture(api.get(f"{BRAIN}/{MR[0].image_id}", params={"size": 64})).shape == (64, 64)
    mosaic = picture(api.get(f"{BRAIN}/{MR[0].image_id}", params={"size": 500, "scope": "series"}))
    assert max(mosaic.shape) <= 500


def test_original_is_the_stored_file(api: httpx.Client) -> None:
    answer = api.get(f"{BRAIN}/{MR[3].image_id}", headers={"Accept": "application/dicom"})
    assert answer.headers["content-type"] == "application/dicom"
    assert answer.content == MR[3].path.read_bytes()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=100-", 100, -1), ("bytes=-7", -7, -1), ("bytes=5-9", 5, 9), ("Bytes=5-9", 5, 9)],
)
def test_a_range_of_the_original(api: httpx.Client, asked: str, first: int, last: int) -> None:
    content = MR[3].path.read_bytes()
    headers = {"Accept": "application/dicom", "Range": asked}
    answer = api.get(f"{BRAIN}/{MR[3].image_id}", headers=headers)
    size = len(content)
    first, last = first % size, last % size
    assert answer.status_code == 206 and answer.content == content[first : last + 1]
    assert answer.headers["content-range"] == f"bytes {first}-{last}/{size}"
    whole = api.get(f"{BRAIN}/{MR[3].image_id}", headers={**headers, "If-Range": '"another version"'})
    assert whole.status_code == 200 and whole.content == content


def test_a_range_beyond_the_end_or_of_another_kind(api: httpx.Client) -> None:
    size = MR[3].path.stat().st_size
    address = f"{BRAIN}/{MR[3].image_id}"
    beyond = api.get(address, headers={"Accept": "application/dicom", "Range": f"bytes={size}-"})
    assert beyond.headers["content-range"] == f"bytes */{size}"
    problem(beyond, 416, "invalid_request")
    for ignored in ("bytes=9-5", "bytes=0-1,5-6", "lines=1-2", "bytes=-"):
        answer = api.get(address, headers={"Accept": "application/dicom", "Range": ignored})
        assert answer.status_code == 200 and len(answer.content) == size
    head = api.head(address, headers={"Accept": "application/dicom"})
    assert head.headers["content-length"] == str(size) and head.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("accept", "scope"), [("application/dicom", "series"), ("text/html", "image"), ("image/png;q=0", "image")]
)
def test_what_cannot_be_accepted_is_refused(api: httpx.Client, accept: str, scope: str) -> None:
    problem(
        api.get(f"{BRAIN}/{MR[0].image_id}", params={"scope": scope}, headers={"Accept": accept}), 406, "not_acceptable"
    )


def test_a_picture_that_the_caller_has_is_not_sent_again(api: httpx.Client) -> None:
    address = f"{BRAIN}/{MR[0].image_id}"
    first = api.get(address)
    assert first.headers["cache-control"] == "private, max-age=300"
    again = api.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = api.get(address, params={"wc": 1, "ww": 2}, headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_replaced_file_gives_another_picture(api: httpx.Client, cloud: Emulator, bucket: str) -> None:
    s3 = cloud.boto3_client("s3")
    s3.put_object(Bucket=bucket, Key="changing/s/i.dcm", Body=(FILES / "CT_small.dcm").read_bytes())
    first = api.get("/studies/changing/series/s/images/i")
    s3.put_object(Bucket=bucket, Key="changing/s/i.dcm", Body=(FILES / "MR_small.dcm").read_bytes())
    reload = {"If-None-Match": first.headers["etag"], "Cache-Control": "no-cache"}
    second = api.get("/studies/changing/series/s/images/i", headers=reload)
    assert picture(first).shape == (128, 128) and picture(second).shape == (64, 64)


@pytest.mark.parametrize(
    ("path", "scope", "detail"),
    [
        ("/studies/odd/series/files/images/none", "image", "The PACS has no image none in series files of study odd."),
        ("/studies/odd/series/none/images/x", "series", "The PACS has no series none in study odd."),
        ("/studies/none/series/x/images/x", "study", "The PACS has no study none."),
    ],
)
def test_what_the_pacs_does_not_have(api: httpx.Client, path: str, scope: str, detail: str) -> None:
    assert problem(api.get(path, params={"scope": scope}), 404, "input_not_found")["detail"] == detail


@pytest.mark.parametrize(
    ("image_id", "said"),
    [
        ("truncated", "Explicit VR Little Endian (1.2.840.10008.1.2.1)"),
        ("bad-jpeg2000", "JPEG 2000 Image Compression (1.2.840.10008.1.2.4.91)"),
        ("broken", "not a DICOM file"),
        ("report", "without pixels"),
    ],
)
def test_what_cannot_be_decoded_says_so(api: httpx.Client, image_id: str, said: str) -> None:
    assert said in str(problem(api.get(f"{FILES_AT}/{image_id}"), 422, "input_unreadable")["detail"])


def test_every_fault_of_the_query_is_told_at_once(api: httpx.Client) -> None:
    wrong = {"scope": "pixel", "frame": "0", "ww": "0", "size": "9999", "colour": "red"}
    faults = problem(api.get(f"{FILES_AT}/ct", params=wrong), 422, "invalid_request")["errors"]
    assert isinstance(faults, list)
    assert {fault["parameter"] for fault in faults} == {"scope", "frame", "wc", "ww", "size", "colour"}


@pytest.mark.parametrize("value", ["nan", "inf", "1e999", "many", "", "1_0", " 1", "\u0661"])
def test_a_window_is_a_finite_number(api: httpx.Client, value: str) -> None:
    problem(api.get(f"{FILES_AT}/ct", params={"wc": value, "ww": 10}), 422, "invalid_request")


def test_a_parameter_is_given_once(api: httpx.Client) -> None:
    answer = api.get(f"{FILES_AT}/ct?frame=1&frame=2")
    assert "frame is given more than once" in str(problem(answer, 422, "invalid_request")["detail"])


@pytest.mark.parametrize("identifier", ["..", "a%20b", "%2e%2e%2fx", "-", "a" * 65])
def test_an_identifier_that_is_none_never_reaches_the_bucket(api: httpx.Client, identifier: str) -> None:
    answer = api.get(f"/studies/{identifier}/series/files/images/ct")
    assert answer.status_code in (404, 422) and answer.json()["code"] in ("not_found", "invalid_request")

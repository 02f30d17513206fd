"""The index, through HTTP."""

import httpx

from runtime.local.samples import mr_brain

MR = mr_brain()
STUDY, SERIES = MR[0].study_id, MR[0].series_id


def pages(api: httpx.Client, address: str, name: str, limit: int) -> list[list[dict[str, object]]]:
    found, cursor = [], None
    while True:
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        body = api.get(address, params=query).raise_for_status().json()
        assert len(body[name]) <= limit
        found.append(body[name])
        cursor = body["next"]
        if cursor is None:
            return found
        assert len(found) < 100


def test_studies_with_what_their_files_say(api: httpx.Client) -> None:
    studies = {study["study_id"]: study for page in pages(api, "/studies", "studies", 100) for study in page}
    assert {STUDY, "odd", "three"} <= studies.keys()
    assert "README" not in studies
    assert studies[STUDY] == {
        "study_id": STUDY,
        "modalities": ["MR"],
        "study_description": "BRAIN",
        "study_date": "20000101",
    }


def test_pages_of_studies_add_up(api: httpx.Client) -> None:
    one = [study["study_id"] for page in pages(api, "/studies", "studies", 1) for study in page]
    assert one == [study["study_id"] for page in pages(api, "/studies", "studies", 100) for study in page]


def test_series_of_a_study(api: httpx.Client) -> None:
    (series,) = api.get(f"/studies/{STUDY}/series").json()["series"]
    assert series == {
        "series_id": SERIES,
        "images": 20,
        "middle_image_id": MR[10].image_id,
        "modality": "MR",
        "series_description": "FSE PD AXIAL OBL",
        "series_number": 2,
        "body_part": None,
        "study_date": "20000101",
        "rows": 256,
        "columns": 256,
        "frames": 1,
    }


def test_pages_of_images_in_order(api: httpx.Client) -> None:
    address = f"/studies/{STUDY}/series/{SERIES}/images"
    found = pages(api, address, "images", 7)
    assert [len(page) for page in found] == [7, 7, 6]
    images = [image for page in found for image in page]
    assert [image["image_id"] for image in images] == [image.image_id for image in MR]
    assert [image["instance_number"] for image in images] == list(range(1, 21))
    assert images[0]["bytes"] == MR[0].path.stat().st_size


def test_files_that_are_none_of_dicom_are_listed_without_attributes(api: httpx.Client) -> None:
    images = {image["image_id"]: image for image in api.get("/studies/odd/series/files/images").json()["images"]}
    assert images["broken"]["rows"] is None
    assert images["us-cine"]["frames"] == 30
    assert "notes" not in images and "notes.txt" not in images


def test_nothing_of_the_patient_is_in_the_index(api: httpx.Client) -> None:
    for address in ("/studies", f"/studies/{STUDY}/series", f"/studies/{STUDY}/series/{SERIES}/images"):
        text = api.get(address).text
        assert "Sample^MR" not in text and "SAMPLE-1" not in text and "patient" not in text.lower()


def test_unknown_study_and_series(api: httpx.Client) -> None:
    for address in ("/studies/none/series", "/studies/none/series/x/images", f"/studies/{STUDY}/series/x/images"):
        answer = api.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "input_not_found")


def test_wrong_pages(api: httpx.Client) -> None:
    for query in ({"limit": 0}, {"limit": 1001}, {"limit": "x"}, {"page": 2}):
        answer = api.get("/studies", params=query)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_a_cursor_that_no_answer_can_have_held_is_refused(api: httpx.Client) -> None:
    answer = api.get("/studies", params={"cursor": "a\x10b"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["parameter"] == "cursor"

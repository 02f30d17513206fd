"""The elements of a header, through HTTP."""

import httpx


def test_an_images_elements_are_listed_and_not_kept_by_a_browser(api: httpx.Client) -> None:
    answer = api.get("/studies/odd/series/files/images/ct/tags").raise_for_status()
    assert answer.headers["cache-control"] == "private, no-store"
    found = {each["keyword"]: each["value"] for each in answer.json()["tags"]}
    assert found["Modality"] == "CT" and found["Rows"] == "128"
    assert api.get("/studies/odd/series/files/images/none/tags").status_code == 404
    assert api.get("/studies/odd/series/files/images/ct/tags?frame=1").status_code == 422


def test_the_elements_of_a_report_are_listed_too(api: httpx.Client) -> None:
    found = api.get("/studies/odd/series/files/images/report/tags").raise_for_status().json()
    assert {"keyword": "Modality", "value": "SR"}.items() <= next(
        each for each in found["tags"] if each["keyword"] == "Modality"
    ).items()

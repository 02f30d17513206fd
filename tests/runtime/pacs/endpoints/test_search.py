"""The search of the studies, through HTTP."""

import httpx
import pytest

from runtime.local.samples import mr_brain

STUDY = mr_brain()[0].study_id


def found(api: httpx.Client, **query: str) -> set[str]:
    return {study["study_id"] for study in api.get("/studies", params=query).raise_for_status().json()["studies"]}


@pytest.mark.parametrize(
    "query",
    [
        {"search": "brain"},
        {"search": "axial BRA"},
        {"search": STUDY[-9:]},
        {"modality": "MR", "search": "fse"},
        {"from": "20000101", "to": "20000101"},
    ],
)
def test_what_fits_is_found(api: httpx.Client, query: dict[str, str]) -> None:
    assert STUDY in found(api, **query)


@pytest.mark.parametrize("query", [{"search": "knee"}, {"modality": "CR"}, {"to": "19991231"}, {"from": "20000102"}])
def test_what_does_not_fit_is_left_out(api: httpx.Client, query: dict[str, str]) -> None:
    assert STUDY not in found(api, **query)


def test_a_series_identifier_finds_its_study(api: httpx.Client) -> None:
    assert found(api, search="ct-b") == {"three"}
    assert "three" in found(api, modality="ct")


def test_a_date_that_is_none_is_refused(api: httpx.Client) -> None:
    answer = api.get("/studies", params={"from": "yesterday"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "from"


def test_only_the_studies_are_searched(api: httpx.Client) -> None:
    assert api.get(f"/studies/{STUDY}/series", params={"modality": "MR"}).status_code == 422

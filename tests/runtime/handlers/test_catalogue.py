"""The catalogue and the OpenAPI document over HTTP, and addresses that do not exist."""

import openapi_spec_validator
import pytest

from runtime.contracts.answers import Catalogue
from tests.runtime.handlers.caller import refused
from tests.runtime.handlers.deployment import Deployment


def test_the_catalogue_lists_what_is_installed(api: Deployment) -> None:
    answer = api.http.get("/algorithms")
    listed = Catalogue.model_validate(answer.json()).algorithms
    assert [entry.name for entry in listed] == ["follow", "grow-region", "smooth", "undeployed"]
    smooth = listed[2]
    assert (smooth.distribution, smooth.version, smooth.scopes) == ("demo-plugin", "1.2", ("image",))
    assert smooth.parameters["properties"]["sigma"]["unit"] == "mm"
    assert smooth.documentation == "Smooth an image."
    assert smooth.resources.memory_mib == 2048
    assert [entry["needs"] for entry in answer.json()["algorithms"]] == ["regular", "any", "regular", "regular"]


@pytest.mark.parametrize("path", ["/algorithms", "/openapi.json"])
def test_a_document_that_the_caller_has_is_not_sent_again(api: Deployment, path: str) -> None:
    first = api.http.get(path)
    assert first.headers["content-type"] == "application/json"
    again = api.http.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert api.http.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_api_is_described_for_people(api: Deployment) -> None:
    answer = api.http.get("/docs")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert "<code>POST /process/grow-region</code>" in answer.text
    again = api.http.get("/docs", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_openapi_document_is_valid(api: Deployment) -> None:
    openapi_spec_validator.validate(api.http.get("/openapi.json").json())


@pytest.mark.parametrize("call", [("GET", "/"), ("GET", "/process/smooth"), ("PUT", "/provision"), ("PUT", "/jobs")])
def test_other_addresses_are_not_found(api: Deployment, call: tuple[str, str]) -> None:
    refused(api.http.request(*call), 404, "not_found")

"""What holds for every call: health, document, CORS, log, errors."""

import time
from typing import Any

import httpx
from openapi_spec_validator import validate

from runtime.contracts.codes import CODES
from runtime.local.samples import mr_brain
from runtime.pacs.app import routes
from tests.runtime.pacs.server import Server

IMAGE = mr_brain()[4]


def test_health(api: httpx.Client) -> None:
    assert api.get("/health").json() == {"status": "ok"}


def test_document_is_valid_and_complete(api: httpx.Client) -> None:
    document: dict[str, Any] = api.get("/openapi.json").json()
    validate(document)
    assert document["openapi"] == "3.1.0"
    described = {(path, verb) for path, item in document["paths"].items() for verb in item if verb != "parameters"}
    served = {
        (route.path, verb.lower()) for route in routes(uploads=True) for verb in (route.methods or ()) if verb != "HEAD"
    }
    assert described == served


def test_a_viewers_origin_may_call_and_others_may_not(api: httpx.Client) -> None:
    allowed = api.get("/studies", headers={"Origin": "http://viewer.example"})
    assert allowed.headers["access-control-allow-origin"] == "http://viewer.example"
    assert "access-control-allow-origin" not in api.get("/studies", headers={"Origin": "http://other.example"}).headers
    asked = {
        "Origin": "http://viewer.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,x-client-token,idempotency-key,content-type",
    }
    assert api.options("/studies/s/series/s/images/i/process/a", headers=asked).status_code == 200


def test_unknown_addresses_and_methods_are_problems(api: httpx.Client) -> None:
    missing, wrong = api.get("/nothing"), api.delete("/studies")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "bad_request")
    assert "GET" in wrong.headers["allow"]
    for answer in (missing, wrong):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"] == CODES[answer.json()["code"]].title


def settled(server: Server) -> int:
    """Return how many lines the log has once those of earlier calls have come."""
    seen = -1
    while seen != len(server.lines()):
        seen = len(server.lines())
        time.sleep(0.3)
    return seen


def test_the_log_has_one_line_a_call_and_names_no_study(api: httpx.Client, server: Server) -> None:
    before = settled(server)
    api.get(f"/studies/{IMAGE.study_id}/series/{IMAGE.series_id}/images/{IMAGE.image_id}", params={"wc": 7, "ww": 9})
    api.get("/studies/none-of-ours/series")
    deadline = time.monotonic() + 30
    while len(server.lines()) < before + 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    first, second = server.lines()[before:]
    assert first["route"] == "/studies/{study_id}/series/{series_id}/images/{image_id}"
    assert (first["method"], first["status"], first["level"]) == ("GET", 200, "info")
    assert first["bytes"] > 1000 and first["duration_ms"] > 0
    assert (second["route"], second["status"]) == ("/studies/{study_id}/series", 404)
    text = server.log.read_text()
    assert IMAGE.study_id not in text and "none-of-ours" not in text

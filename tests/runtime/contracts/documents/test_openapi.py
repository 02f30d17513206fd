"""The OpenAPI document: valid, whole, and made from the same models and parameters as the checks."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import openapi_spec_validator
import pytest

from algorithms.ports.outputs import outputs_of
from algorithms.registered import Registry
from algorithms.registry import load_registry
from runtime import handlers
from runtime.authoring.target import find
from runtime.contracts.codes import CODES
from runtime.contracts.documents import openapi
from runtime.contracts.requests import ProcessRequest
from runtime.contracts.routes import ROUTES


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.document(load_registry())


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(method.upper(), path): each for path, item in document["paths"].items() for method, each in item.items()}


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_route_and_every_algorithm_is_there(document: dict[str, Any]) -> None:
    wanted = {
        (route.method, route.path.format(algorithm=name, job_id="{job_id}", batch_id="{batch_id}"))
        for route in ROUTES
        for name in (load_registry() if route.per_algorithm else [""])
    }
    assert set(operations(document)) == wanted
    assert len(load_registry()) > 0


def test_each_algorithm_has_its_own_parameters(document: dict[str, Any]) -> None:
    for name, registered in load_registry().items():
        body = operations(document)["POST", f"/process/{name}"]["requestBody"]["content"]["application/json"]["schema"]
        for form in body["anyOf"]:  # one input, or a list of inputs
            schema = document["components"]["schemas"][form["$ref"].rpartition("/")[2]]
            assert schema["properties"]["parameters"] == registered.schema
    generic = document["components"]["schemas"]["ProcessRequest"]
    assert generic["properties"].keys() == ProcessRequest.model_fields.keys()
    assert generic["properties"]["parameters"].get("properties") is None  # the common one was copied, not changed


def test_its_schemas_check_requests(document: dict[str, Any]) -> None:
    schema = {**document["components"]["schemas"]["ProcessRequest"], "components": document["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    body = {"pacs": {"study_id": "1", "scope": "study"}, "callback": {"client_id": "0" * 16}}
    assert validator.is_valid(body)
    assert not validator.is_valid({**body, "callback": {"client_id": "?"}})


def test_every_problem_that_the_handlers_answer_is_told(document: dict[str, Any]) -> None:
    sources = "".join(path.read_text() for path in Path(handlers.__path__[0]).rglob("*.py"))
    answered = {code for code, meaning in CODES.items() if meaning.status and f'"{code}"' in sources}
    assert {"unsupported_scope", "forbidden", "not_json", "stale_receipt"} <= answered
    told = json.dumps(document["paths"])
    assert {code for code in answered if f"`{code}`" not in told} == {"not_found"}  # it has no address


def test_what_needs_a_token_says_so(document: dict[str, Any]) -> None:
    free = {call for call, operation in operations(document).items() if "security" not in operation}
    assert free == {("GET", "/algorithms"), ("GET", "/docs"), ("GET", "/openapi.json"), ("POST", "/provision")}
    assert document["components"]["securitySchemes"]["clientToken"]["name"] == "X-Client-Token"


def test_declared_outputs_have_a_result_of_their_own() -> None:
    ported = find(str(Path(__file__).parents[2] / "worker/plugin/ported.py"))
    document = openapi.document(Registry([replace(ported, outputs=outputs_of(ported.algorithm.run))]))
    openapi_spec_validator.validate(document)
    result = document["components"]["schemas"]["JobResult_ported"]
    assert result["title"] == "JobResult_ported"
    measurements = result["properties"]["measurements"]
    assert measurements["properties"]["count"]["unit"] == "pixels"
    assert measurements["additionalProperties"] is False  # else orval's client does not compile


def test_each_schema_has_its_own_title(document: dict[str, Any]) -> None:
    # Generators of clients name types by titles, and drop all but one of those that share one.
    titles = [schema["title"] for schema in document["components"]["schemas"].values()]
    assert len(set(titles)) == len(titles)

"""The OpenAPI 3.1 document of the processing API, made from the models and the registry."""

import copy
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from algorithms.ports.outputs import Outputs
from algorithms.registered import Registered, Registry
from runtime.contracts import answers, inputs
from runtime.contracts.codes import CODES
from runtime.contracts.models import BatchRequest, FailedJobs, ProcessRequest, ProvisionRequest
from runtime.contracts.routes import ROUTES, Route

VERSION: Final = "1.0.0"
REQUESTS: Final = (BatchRequest, FailedJobs, ProcessRequest, ProvisionRequest, *inputs.FORMS.values())
ANSWERS: Final = (
    answers.Accepted,
    answers.AcceptedBatch,
    answers.BatchView,
    answers.CancelView,
    answers.Catalogue,
    answers.Deliveries,
    answers.FailureList,
    answers.JobList,
    answers.JobView,
    answers.Problem,
    answers.Provisioned,
    answers.Settled,
    answers.SignedUrl,
    answers.SystemView,
)
REFERENCE: Final = "#/components/schemas/"
# As API Gateway writes it: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
AWS_SIGNATURE: Final = {
    "type": "apiKey",
    "in": "header",
    "name": "Authorization",
    "description": "Signature Version 4 of AWS, for execute-api",
    "x-amazon-apigateway-authtype": "awsSigv4",
}


def document(registry: Registry) -> dict[str, Any]:
    """Return the document: every route, and for each algorithm its own address with its own parameters."""
    schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        if not route.per_algorithm:
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
            continue
        for name in sorted(registry):
            for generic in (route.request, route.batch[0]):
                schemas[f"{generic}_{name}"] = _request(schemas[generic], registry[name], f"{generic}_{name}")
            if (outputs := registry[name].outputs) is not None:
                schemas[f"JobResult_{name}"] = _result(schemas["SignedResult"], f"JobResult_{name}", outputs)
            paths[route.path.format(algorithm=name)] = {route.method.lower(): _operation(route, name, registry[name])}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Image processing", "version": VERSION, "description": "Errors are RFC 9457 problems."},
        # Relative to this document, which is served beside the other addresses whatever the stage.
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "clientToken": {"type": "apiKey", "in": "header", "name": "X-Client-Token"},
                "awsSignature": AWS_SIGNATURE,
            },
        },
    }


def _schemas() -> dict[str, Any]:
    _, requests = models_json_schema([(model, "validation") for model in REQUESTS], ref_template=REFERENCE + "{model}")
    _, responses = models_json_schema(
        [(model, "serialization") for model in ANSWERS], ref_template=REFERENCE + "{model}"
    )
    # A model that both sides use keeps the requests' form, where defaults make a field optional.
    return {**responses["$defs"], **requests["$defs"]}


def _request(generic: dict[str, Any], registered: Registered, title: str) -> dict[str, Any]:
    schema, parameters = copy.deepcopy(generic), registered.schema
    # Generators of clients name a type by its title.
    schema["title"] = title
    schema["properties"]["parameters"] = parameters
    further = inputs.schema(registered.inputs, REFERENCE)
    schema["properties"]["inputs"] = further
    for name, part in (("parameters", parameters), ("inputs", further)):
        if part.get("required"):
            schema["required"] = [*schema["required"], name]
    return schema


def _result(generic: dict[str, Any], title: str, outputs: Outputs) -> dict[str, Any]:
    """Return the schema of an algorithm's result: which outputs it names, and which quantities it measures."""
    schema = copy.deepcopy(generic)
    schema["title"] = title
    names = {"name": {"enum": [port.name for port in outputs.ports]}}
    schema["properties"]["ports"]["items"] = {
        "allOf": [{"$ref": REFERENCE + "Port"}, {"type": "object", "properties": names}]
    }
    measurements = schema["properties"]["measurements"]
    measurements["properties"] = {
        port.name: {"type": "number", "description": port.description, "unit": port.unit}
        for port in outputs.ports
        if port.type == "quantity"
    }
    # There are no others. Besides, the clients of some generators do not compile if further ones have another type.
    measurements["additionalProperties"] = False
    return schema


def _operation(route: Route, name: str = "", registered: Registered | None = None) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{route.operation}_{name}" if name else route.operation,
        "summary": registered.algorithm.summary if registered else route.summary,
        "parameters": [_parameter(parameter) for parameter in route.parameters],
        "responses": _responses(route),
    }
    if registered:
        operation["description"] = f"Takes scope {', '.join(registered.algorithm.scopes)}."
        if registered.outputs is not None:
            operation["description"] += f" The job ends with a JobResult_{name}."
    if route.token:
        operation["security"] = [{"clientToken": []}]
    if route.operator:
        operation["security"] = [{"awsSignature": []}]
    if route.request:
        end = f"_{name}" if name else ""
        schema = one_of(route.request + end, route.batch[0] and route.batch[0] + end)
        required = bool(name) or route.operator
        operation["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    return operation


def one_of(*names: str) -> dict[str, Any]:
    """Return the schema of a body that has one of these forms; an empty name is none."""
    forms = [{"$ref": REFERENCE + name} for name in names if name]
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _parameter(parameter: tuple[str, str, bool, dict[str, Any], str]) -> dict[str, Any]:
    place, name, required, schema, description = parameter
    return {"in": place, "name": name, "required": required, "schema": schema, "description": description}


def _responses(route: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {str(route.status): {"description": route.answers}}
    if route.response:
        plain = route.response in ("object", "string")
        schema = {"type": route.response} if plain else one_of(route.response, route.batch[1])
        responses[str(route.status)]["content"] = {route.media: {"schema": schema}}
    for code in route.codes:
        status, title, _ = CODES[code]
        known = responses.setdefault(str(status), {"description": "", "content": _PROBLEM})
        known["description"] += f"{'; ' if known['description'] else ''}`{code}`: {title}"
    return dict(sorted(responses.items()))


_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": REFERENCE + "Problem"}}}

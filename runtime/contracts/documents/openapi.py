"""The OpenAPI 3.1 document of the processing API, made from the models and the registry."""

from typing import Any, Final

from algorithms.registered import Registered, Registry
from runtime.contracts.codes import CODES
from runtime.contracts.documents.openapi_schemas import REFERENCE, of_models, of_request, of_result, one_of
from runtime.contracts.routes import ROUTES, Route

VERSION: Final = "1.0.0"
DESCRIPTION: Final = (
    "Errors are RFC 9457 problems. A query parameter or a field of a body that a call does not know is refused."
)
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
    schemas = of_models()
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        if not route.per_algorithm:
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
            continue
        for name in sorted(registry):
            for generic in (route.request, route.batch[0]):
                schemas[f"{generic}_{name}"] = of_request(schemas[generic], registry[name], f"{generic}_{name}")
            if (outputs := registry[name].outputs) is not None:
                schemas[f"JobResult_{name}"] = of_result(schemas["SignedResult"], f"JobResult_{name}", outputs)
            paths[route.path.format(algorithm=name)] = {route.method.lower(): _operation(route, name, registry[name])}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Image processing", "version": VERSION, "description": DESCRIPTION},
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
    if route.operator:  # API Gateway refuses others before a function is asked
        responses["403"]["content"] = {**_PROBLEM, "application/json": {"schema": _GATEWAY}}
    return dict(sorted(responses.items()))


_GATEWAY: Final = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": REFERENCE + "Problem"}}}

"""The whole page: how to begin, every call, every algorithm, every schema."""

import re
from collections.abc import Mapping
from typing import Any, Final

from runtime.bundle.docs_page import operations
from runtime.bundle.docs_page.elements import Html, code, element, joined, link, prose
from runtime.bundle.docs_page.operations import PROCESS, Call
from runtime.bundle.docs_page.schemas import anchor, fields
from runtime.contracts.documents.docs_style import STYLE
from runtime.contracts.routes import ROUTES

BEGIN: Final = (
    "`POST /provision` makes a client and answers its `client_id`, `client_token` and `queue_url`. Every other call "
    "about jobs sends the token in the header `X-Client-Token`.",
    "`POST /process/{algorithm}` sends a job, or a batch of up to 1,000; `callback.client_id` is the client's own.",
    "`GET /proxy-sqs` waits for results. A result comes again until `DELETE /proxy-sqs` acknowledges it.",
    "A refusal is a problem (RFC 9457) with a stable `code`, a sentence, and every fault of the request at once. After "
    "429 and 503 the same call may work later: wait as long as `Retry-After` says.",
)


def page(document: Mapping[str, Any]) -> str:
    """Return the page of an OpenAPI document of the processing API."""
    every = list(operations.calls(document))
    own = [call for call in every if not call.path.startswith(PROCESS)]
    algorithms = [call for call in every if call.path.startswith(PROCESS)]
    shared = _process(algorithms)
    schemas = {
        name: each for name, each in sorted(document["components"]["schemas"].items()) if not _of_one(name, algorithms)
    }
    title = f"{document['info']['title']} API {document['info']['version']}"
    body = element(
        "body",
        element("a", "Skip to the content", href="#content", class_="skip"),
        element(
            "header",
            element("h1", title),
            element("p", "Made from ", element("a", "openapi.json", href="openapi.json"), ", for programs."),
        ),
        _contents([*own, *shared], algorithms, list(schemas)),
        element(
            "main",
            _begin(),
            _part("calls", "Calls", *map(operations.section, [*own, *shared])),
            _part(
                "algorithms",
                "Algorithms",
                *(operations.algorithm(call, document["components"]["schemas"]) for call in algorithms),
            ),
            _part("schemas", "Schemas", *(_schema(name, each) for name, each in schemas.items())),
            id="content",
        ),
    )
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        # Not escaped, and so exactly what the policy's digest is of.
        Html(f"<style>{STYLE}</style>"),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _process(algorithms: list[Call]) -> list[Call]:
    """Return the call that all algorithms have in common, if there is any."""
    (route,) = (route for route in ROUTES if route.per_algorithm)
    if not algorithms:
        return []
    operation: dict[str, Any] = {**algorithms[0].operation, "operationId": route.operation, "summary": route.summary}
    generic = re.compile(rf"_{re.escape(algorithms[0].path.removeprefix(PROCESS))}$")
    content: dict[str, Any]
    (content,) = operation["requestBody"]["content"].values()
    forms = [{"$ref": generic.sub("", each["$ref"])} for each in content["schema"]["anyOf"]]
    named = {"name": route.path, "in": "path", "required": True, "schema": {"type": "string"}}
    path = {**named, "name": "algorithm", "description": "its name, as `GET /algorithms` lists it"}
    body = {**operation["requestBody"], "content": {"application/json": {"schema": {"anyOf": forms}}}}
    shared = {**operation, "requestBody": body, "parameters": [path, *operation["parameters"]]}
    return [Call(route.method, route.path, shared)]


def _of_one(name: str, algorithms: list[Call]) -> bool:
    """Return whether a schema is an algorithm's own, whose section tells what differs."""
    return any(name.endswith(f"Request_{call.path.removeprefix(PROCESS)}") for call in algorithms) or name.startswith(
        "JobResult_"
    )


def _contents(calls: list[Call], algorithms: list[Call], schemas: list[str]) -> Html:
    parts = [
        ("Calls", "calls", [(call.anchor, code(call.name)) for call in calls]),
        ("Algorithms", "algorithms", [(call.anchor, joined([call.path.removeprefix(PROCESS)])) for call in algorithms]),
        ("Schemas", "schemas", [(anchor(name), joined([name])) for name in schemas]),
    ]
    lists = [
        joined(
            [
                element("h2", link(target, title)),
                element("ul", *(element("li", link(each, words)) for each, words in entries)),
            ]
        )
        for title, target, entries in parts
        if entries
    ]
    return element("nav", *lists, aria_label="Contents")


def _begin() -> Html:
    return _part("begin", "How to begin", element("ol", *(element("li", prose(each)) for each in BEGIN)))


def _part(name: str, title: str, *content: str) -> Html:
    return element(
        "section", element("h2", title, id=f"{name}-title"), *content, id=name, aria_labelledby=f"{name}-title"
    )


def _schema(name: str, schema: Mapping[str, Any]) -> Html:
    words = element("p", prose(str(schema["description"]))) if schema.get("description") else ""
    title = element("h3", name, id=f"{anchor(name)}-title")
    table = fields(f"Fields of {name}", schema)
    return element("section", title, words, table, id=anchor(name), aria_labelledby=f"{anchor(name)}-title")

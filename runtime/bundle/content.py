"""The content of the zip: handlers, contracts that are plain Python, and what is generated from the registry."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from algorithms.registered import Registered, Registry
from runtime.bundle.compile import compile_schema
from runtime.bundle.docs_page import page
from runtime.bundle.scalars import Schema, UnsupportedSchemaError
from runtime.contracts import inputs
from runtime.contracts.documents import openapi
from runtime.contracts.documents.catalogue import catalogue
from runtime.contracts.models import JobMessage
from runtime.contracts.requests import BatchRequest, FailedJobs, ProcessRequest, ProvisionRequest
from runtime.contracts.routes import ROUTES

ROOT: Final = Path(__file__).parents[2]
PLAIN: Final = (
    "algorithms/__init__.py",
    "algorithms/declaration.py",
    "algorithms/scaling.py",
    "runtime/__init__.py",
    "runtime/contracts/__init__.py",
    "runtime/contracts/aws_codes.py",
    "runtime/contracts/codes.py",
    "runtime/contracts/documents/__init__.py",
    "runtime/contracts/documents/docs_style.py",
    "runtime/contracts/results/__init__.py",
    "runtime/contracts/results/fit.py",
    "runtime/contracts/variables/__init__.py",
    "runtime/contracts/variables/handler_names.py",
    "runtime/contracts/variables/handler_variables.py",
    "runtime/contracts/headers.py",
    "runtime/contracts/items.py",
    "runtime/contracts/keys.py",
    "runtime/contracts/metrics.py",
    "runtime/contracts/problems.py",
    "runtime/contracts/shard_topics.py",
    "runtime/contracts/states.py",
    "runtime/contracts/traceparent.py",
    "runtime/operation/prices.toml",
)
GENERATED: Final = "runtime/handlers/generated"
# A Lambda function may answer at most 6 MB, headers included; the text is quoted in the answer.
ANSWER_BYTES: Final = 6_000_000


class TooLargeError(ValueError):
    """A document about the installed algorithms that is too large for an answer of the API."""


def content(registry: Registry) -> dict[str, str]:
    """Return the zip's files, path to text."""
    rooms = (ROOT / "runtime/handlers", ROOT / "runtime/operation")
    sources = [*PLAIN, *(path.relative_to(ROOT).as_posix() for room in rooms for path in room.rglob("*.py"))]
    files = {path: (ROOT / path).read_text(encoding="utf-8") for path in sources}
    return files | {f"{GENERATED}/{name}": text for name, text in generated(registry).items()}


def generated(registry: Registry) -> dict[str, str]:
    """Return the generated modules and documents, file name to text."""
    document = openapi.document(registry)
    files = {
        "__init__.py": "",
        "batch.py": compile_schema(BatchRequest.model_json_schema()),
        "failed_jobs.py": compile_schema(FailedJobs.model_json_schema()),
        "message.py": compile_schema(JobMessage.model_json_schema()),
        "provision.py": compile_schema(ProvisionRequest.model_json_schema()),
        **{f"input_{form}.py": compile_schema(each.model_json_schema()) for form, each in inputs.FORMS.items()},
        "queries.py": _queries(),
        "request.py": compile_schema(ProcessRequest.model_json_schema()),
        "catalogue.json": _answer("GET /algorithms", catalogue(registry)),
        "docs.html": _fitting("GET /docs", page(document)),
        "openapi.json": _answer("GET /openapi.json", document),
    }
    index: dict[str, tuple[str, tuple[str, ...], str, dict[str, Any]]] = {}
    for name in sorted(registry):
        registered = registry[name]
        # Each has a module, so that a request imports only its own. A name with hyphens cannot be a module's.
        module = f"algorithm_{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        files[f"{module}.py"] = _parameters(name, registered.schema)
        index[name] = (module, tuple(registered.algorithm.scopes), registered.label, _inputs(registered))
    lines = "".join(f"    {name!r}: {entry!r},\n" for name, entry in index.items())
    declared = "".join(f"    {name!r}: {registry[name].algorithm.resources!r},\n" for name in index)
    files["resources.py"] = (
        '"""Algorithm to its declared resources."""\n\nfrom algorithms.declaration import Resources\n\n'
        f"RESOURCES = {{\n{declared}}}\n"
    )
    files["index.py"] = (
        f'"""Algorithm to (module of its check, scopes, distribution, inputs)."""\n\nALGORITHMS = {{\n{lines}}}\n'
    )
    return files


def _queries() -> str:
    known = {route.key: route.query for route in ROUTES if "invalid_request" in route.codes}
    lines = "".join(f"    {key!r}: {names!r},\n" for key, names in known.items())
    return f'"""Route to the query parameters that it knows."""\n\nQUERIES = {{\n{lines}}}\n'


def _inputs(registered: Registered) -> dict[str, Any]:
    return {
        port.name: {
            "type": port.type,
            "forms": inputs.OF_TYPE[port.type],
            "scopes": port.scopes,
            "many": port.many,
            "required": port.required,
        }
        for port in registered.inputs
    }


def _parameters(name: str, schema: Schema) -> str:
    try:
        return compile_schema(schema)
    except UnsupportedSchemaError as error:
        raise UnsupportedSchemaError(f"parameters of algorithm {name!r}: {error}") from error


def _answer(call: str, value: Any) -> str:
    return _fitting(call, json.dumps(value, indent=1, ensure_ascii=False, sort_keys=False) + "\n")


def _fitting(call: str, text: str) -> str:
    size = len(json.dumps(text))
    if size > ANSWER_BYTES:
        raise TooLargeError(
            f"{call} would answer {size} bytes, and a Lambda function answers at most {ANSWER_BYTES}: shorten the "
            "documentation of the installed algorithms, or spread them over several stacks"
        )
    return text

"""The OpenAPI documents from which the page's types are generated: `python -m clients.web.documents [--check]`."""

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "openapi"


def processing() -> dict[str, Any]:
    """Return the processing API's document, with one address for all algorithms: the page learns them at run time."""
    from algorithms.registry import load_registry
    from runtime.contracts.documents.openapi import document
    from runtime.contracts.documents.openapi_schemas import one_of

    found = document(load_registry())
    own = [path for path in found["paths"] if path.startswith("/process/")]
    operation = found["paths"][own[0]]["post"] | {"operationId": "process", "summary": "Run an algorithm"}
    operation.pop("description")
    operation["parameters"] = [
        {"in": "path", "name": "algorithm", "required": True, "schema": {"type": "string"}},
        *operation["parameters"],
    ]
    body = operation["requestBody"]["content"]["application/json"]
    body["schema"] = one_of("ProcessRequest", "BatchRequest")
    for path in own:
        del found["paths"][path]
    found["paths"]["/process/{algorithm}"] = {"post": operation}
    schemas = found["components"]["schemas"]
    found["components"]["schemas"] = {
        k: v for k, v in schemas.items() if not k.startswith(("BatchRequest_", "ProcessRequest_"))
    }
    return found


def pacs() -> dict[str, Any]:
    """Return the PACS API's document, with all that a stack may offer."""
    from runtime.pacs.openapi import document

    return document(uploads=True)


def main() -> int:
    """Write the documents; with --check only say which are not fresh."""
    stale = 0
    FOLDER.mkdir(exist_ok=True)
    for name, document in (("processing", processing()), ("pacs", pacs())):
        path = FOLDER / f"{name}.json"
        text = json.dumps(document, indent=1, sort_keys=True) + "\n"
        if "--check" not in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale = 1
            sys.stderr.write(f"{path.name} is not fresh: python -m clients.web.documents && npm run types\n")
    return stale


if __name__ == "__main__":
    sys.exit(main())

"""One call of the API for people: what it does, what it takes, what it answers, and how it is made with curl."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from runtime.bundle.docs_page.elements import Html, code, element, joined, prose, table
from runtime.bundle.docs_page.schemas import about, fields, kind

PROCESS: Final = "/process/"
Document = Mapping[str, Any]


class Call(NamedTuple):
    """One operation of the document, with its method and path."""

    method: str
    path: str
    operation: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the call as a person says it."""
        return f"{self.method} {self.path}"

    @property
    def anchor(self) -> str:
        """Return the id of the call's section."""
        return f"call-{self.operation['operationId']}"


def calls(document: Document) -> Iterator[Call]:
    """Yield every call in the order of the document; each algorithm has one."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield Call(method.upper(), path, operation)


def section(call: Call) -> Html:
    """Return the section of a call that is not an algorithm's."""
    operation = call.operation
    return element(
        "section",
        element("h3", code(call.name), id=f"{call.anchor}-title"),
        element("p", prose(operation["summary"]), "."),
        example(call),
        parameters(operation.get("parameters", ())),
        _body(operation),
        responses(operation["responses"]),
        id=call.anchor,
        aria_labelledby=f"{call.anchor}-title",
    )


def algorithm(call: Call, schemas: Mapping[str, Any]) -> Html:
    """Return the section of an algorithm's call: what is its own, not what all of them share."""
    name = call.path.removeprefix(PROCESS)
    properties = schemas[f"ProcessRequest_{name}"]["properties"]
    result = schemas.get(f"JobResult_{name}")
    own = [fields(f"{part} of {name}", properties[part]) for part in _parts(properties)]
    if result:
        of_port = result["properties"]["ports"]["items"]["allOf"][1]["properties"]
        named = [joined([code(each), " "]) for each in of_port["name"]["enum"]]
        own.append(element("p", "Outputs: ", *named))
    return element(
        "section",
        element("h3", code(call.name), id=f"{call.anchor}-title"),
        element("p", prose(call.operation["summary"]), " ", prose(call.operation.get("description", ""))),
        *own,
        id=call.anchor,
        aria_labelledby=f"{call.anchor}-title",
    )


def parameters(listed: Sequence[Mapping[str, Any]]) -> Html:
    """Return the table of a call's parameters."""
    rows = [
        (
            code(each["name"]),
            each["in"],
            "yes" if each["required"] else "no",
            kind(each["schema"]),
            about({**each["schema"], "description": each["description"]}),
        )
        for each in listed
    ]
    return table("Parameters", ("name", "in", "required", "is", "meaning"), rows)


def responses(listed: Mapping[str, Any]) -> Html:
    """Return the table of a call's answers."""
    rows = [(status, _content(each.get("content", {})), prose(each["description"])) for status, each in listed.items()]
    return table("Answers", ("status", "body", "meaning"), rows)


def example(call: Call) -> Html:
    """Return the call with curl, with variables for what the caller has."""
    path = re.sub(r"\{(\w+)\}", lambda found: f"${found[1].upper()}", call.path)
    parts = ["curl" if call.method == "GET" else f"curl -X {call.method}"]
    query = [
        each["name"] for each in call.operation.get("parameters", ()) if each["in"] == "query" and each["required"]
    ]
    if query:
        parts[0] += " -G"
    parts.append(f'"$API_BASE{path}"')
    if "security" in call.operation:
        parts.append('-H "X-Client-Token: $CLIENT_TOKEN"')
    if call.operation.get("requestBody", {}).get("required"):
        parts.append("-d @request.json")
    parts += [f'--data-urlencode "{name}=${name.upper()}"' for name in query]
    return element("pre", code(" ".join(parts)), tabindex="0", aria_label=f"{call.name} with curl")


def _parts(properties: Mapping[str, Any]) -> list[str]:
    return [part for part in ("parameters", "inputs") if properties[part].get("properties")]


def _body(operation: Mapping[str, Any]) -> Html:
    if "requestBody" not in operation:
        return Html()
    given = "" if operation["requestBody"]["required"] else " It may be left out."
    return element("p", "Body: ", _content(operation["requestBody"]["content"]), ".", given)


def _content(content: Mapping[str, Any]) -> Html:
    described = [joined([kind(each.get("schema", {})), " (", code(media), ")"]) for media, each in content.items()]
    return joined(described) if described else joined(["none"])

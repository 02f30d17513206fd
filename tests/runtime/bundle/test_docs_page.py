"""The page of `GET /docs`: whole, self-contained, allowed by its policy, and readable without eyes or a mouse."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from algorithms.registry import load_registry
from runtime.bundle.docs_page import page
from runtime.bundle.docs_page.elements import element, prose
from runtime.bundle.docs_page.schemas import about, kind
from runtime.contracts.documents import openapi
from runtime.contracts.documents.docs_style import POLICY, STYLE_SOURCE
from runtime.contracts.origin import content_security_policy
from tests.runtime.handlers import algorithms

Attributes = dict[str, str | None]
VOID = ("meta",)


class Read(HTMLParser):
    """What a page consists of: its elements in order, each closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.open: list[str] = []
        self.styles: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"{tag} has an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.styles.append(data)

    def all(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module", params=["installed", "various"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return openapi.document(load_registry() if request.param == "installed" else algorithms.registry())


@pytest.fixture(scope="module")
def text(document: dict[str, Any]) -> str:
    return page(document)


@pytest.fixture(scope="module")
def read(text: str) -> Read:
    return Read(text)


def test_every_call_and_every_schema_has_its_section(document: dict[str, Any], read: Read) -> None:
    sections = {each.get("id") for each in read.all("section")}
    calls = [each for item in document["paths"].values() for each in item.values()]
    assert {f"call-{each['operationId']}" for each in calls} < sections
    generic = {name for name in document["components"]["schemas"] if "_" not in name}
    assert {f"schema-{name}" for name in generic} <= sections


def test_every_parameter_of_every_algorithm_is_there(document: dict[str, Any], text: str) -> None:
    for name, schema in document["components"]["schemas"].items():
        if name.startswith("ProcessRequest_"):
            for parameter in schema["properties"]["parameters"]["properties"]:
                assert f"<code>{parameter}</code>" in text


def test_every_link_leads_to_an_element_of_the_page(read: Read) -> None:
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(each["href"]) for each in read.all("a")}
    assert {target for target in targets if not target.startswith("#")} == {"openapi.json"}
    assert {target.removeprefix("#") for target in targets} - {"openapi.json"} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs(read: Read) -> None:
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "object", "base"}
    for tag, attributes in read.elements:
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "style")}, tag


def test_the_policies_allow_its_style_and_no_other(read: Read) -> None:
    (style,) = read.styles
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == STYLE_SOURCE
    assert "url(" not in style and "@import" not in style
    for policy in (POLICY, content_security_policy("https://outputs")):
        assert STYLE_SOURCE in policy and "unsafe" not in policy


def test_it_is_read_without_eyes_or_a_mouse(read: Read) -> None:
    assert read.all("html") == [{"lang": "en"}]
    assert [len(read.all(tag)) for tag in ("title", "h1", "header", "nav", "main")] == [1] * 5
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert len(read.all("caption")) == len(read.all("table")) > 0
    assert all(each.get("scope") in ("col", "row") for each in read.all("th"))
    first = read.all("a")[0]
    assert (first["class"], first["href"]) == ("skip", "#content")
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in read.all("pre", "div"))


def test_what_a_declaration_says_cannot_be_markup() -> None:
    assert element("p", "<b>", title='"x"') == '<p title="&quot;x&quot;">&lt;b&gt;</p>'
    assert prose("as `a<b` says") == "as <code>a&lt;b</code> says"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {"$ref": "#/components/schemas/Port"}}, "list of Port"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"enum": ["a", 1]}, '"a" or 1'),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object with values of whole number"),
        ({}, "any value"),
    ],
)
def test_types_are_said_in_words(schema: dict[str, Any], words: str) -> None:
    assert re.sub(r"<[^>]*>", "", kind(schema)).replace("&quot;", '"') == words


def test_limits_are_said_with_their_unit() -> None:
    said = about({"description": "width", "exclusiveMinimum": 0, "maximum": 20, "unit": "mm", "default": 1.0})
    assert said == "width; more than 0, at most 20, in mm; default <code>1.0</code>"

"""The compiled checks agree with a JSON Schema validator, and refuse what they do not know."""

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms.parameters import InvalidParameters, bind
from algorithms.registry import load_registry
from runtime.bundle.compile import compile_schema
from runtime.bundle.scalars import UnsupportedSchemaError
from runtime.contracts.models import JobMessage, JobResult
from runtime.contracts.requests import ProcessRequest, ProvisionRequest
from tests.runtime.bundle.schemas import optional, schemas, values

Check = Callable[[Any], list[tuple[str, str]]]
MODELS = (JobMessage, JobResult, ProcessRequest, ProvisionRequest)


def compiled(schema: dict[str, Any]) -> Check:
    module: dict[str, Any] = {}
    exec(compile(compile_schema(schema), "generated", "exec"), module)  # as an import from the zip does
    return module["check"]


def expected(schema: dict[str, Any], value: Any) -> set[str]:
    """Return where `jsonschema` finds faults; a missing or unknown field has a pointer of its own, as in the checks."""
    pointers: set[str] = set()
    for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
        path = list(error.absolute_path)
        names: list[str] = []
        if error.validator == "required":
            names = [name for name in error.schema["required"] if name not in error.instance]
        elif error.validator == "additionalProperties" and error.schema["additionalProperties"] is False:
            names = [name for name in error.instance if name not in error.schema.get("properties", {})]
        for steps in [[*path, name] for name in names] or [path]:
            pointers.add("".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps))
    return pointers


def has(schema: Any, keyword: str) -> bool:
    return keyword in json.dumps(schema)


@settings(deadline=None)
@given(schemas, values)
def test_it_agrees_with_jsonschema(schema: dict[str, Any], value: Any) -> None:
    faults = compiled(schema)(copy.deepcopy(value))
    wanted = expected(schema, value)
    assert bool(faults) == bool(wanted), faults
    if not has(schema, "anyOf"):  # there each side names other pointers
        assert {pointer for pointer, _ in faults} == wanted


@settings(deadline=None)
@given(st.data())
def test_it_agrees_on_values_made_for_the_schema(data: st.DataObject) -> None:
    # Random values seldom fit; these fit the request's shape except in one place.
    schema = ProcessRequest.model_json_schema()
    identifier = st.sampled_from(["1.2.840", "", "a b", "x" * 65, "..", "a.", None, 7])
    body = data.draw(
        st.fixed_dictionaries(
            {
                "pacs": optional(
                    study_id=identifier,
                    series_id=identifier,
                    image_id=identifier,
                    scope=st.sampled_from(["image", "all", 1]),
                ),
                "callback": optional(client_id=st.sampled_from(["0123456789abcdef", "0123456789ABCDEF", None])),
            },
            optional={
                "parameters": st.just({}) | st.just([]),
                "outputs": st.lists(st.sampled_from(["preview", "values", "pdf"]), max_size=4),
                "ordering_key": st.sampled_from(["a", "", None, "x" * 65]),
                "other": st.none(),
            },
        )
    )
    wanted = bool(expected(schema, body))
    faults = compiled(schema)(copy.deepcopy(body))
    assert bool(faults) == wanted, faults
    if not wanted:
        ProcessRequest.model_validate(body)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_can_be_compiled(model: Any) -> None:
    assert compiled(model.model_json_schema())([]) == [("", "must be an object, not a list")]


installed = sorted(load_registry())
near = st.integers(-3, 70) | st.floats(-1, 50, width=16) | st.booleans() | st.none() | st.sampled_from(["", "nearest"])


@settings(deadline=None)
@given(st.data())
def test_the_api_and_the_worker_take_the_same_parameters(data: st.DataObject) -> None:
    registered = load_registry()[data.draw(st.sampled_from(installed))]
    schema = registered.schema
    choices = [value for each in schema["properties"].values() for value in each.get("enum", [])]
    anything = near | st.sampled_from(choices) if choices else near
    parameters = data.draw(st.dictionaries(st.sampled_from([*schema["properties"], "other"]), anything, max_size=3))
    faults = compiled(schema)(copy.deepcopy(parameters))
    try:
        bind(registered.algorithm.run, parameters)
    except InvalidParameters as error:
        assert {pointer for pointer, _ in faults} == {pointer for pointer, _ in error.faults}
    else:
        assert faults == []


def test_defaults_are_filled_in_and_not_shared() -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": "array", "default": [1], "items": {"type": "integer"}},
            "b": {"type": "object", "properties": {"c": {"type": "number", "default": 0.5}}},
        },
    }
    check = compiled(schema)
    one: dict[str, Any] = {"b": {}}
    other: dict[str, Any] = {}
    assert check(one) == check(other) == []
    one["a"].append(2)
    assert other == {"a": [1]}
    assert one == {"a": [1, 2], "b": {"c": 0.5}}


def test_a_decimal_multiple_is_one() -> None:
    check = compiled({"type": "number", "multipleOf": 0.1})
    assert [value for value in (0.1, 0.3, 0.7, 1, 12.3, -0.3, 1e17) if check(value)] == []
    assert all(check(value) for value in (0.35, 0.05, 1e-9))


def test_numbers_beyond_a_double_do_not_break_a_check() -> None:
    check = compiled({"type": "number", "multipleOf": 1e-300})
    assert check(1e300) in ([], [("", "must be a multiple of 1e-300")])


def test_the_unit_is_part_of_the_message() -> None:
    assert compiled({"type": "number", "minimum": 0.1, "unit": "mm"})(0) == [("", "must be at least 0.1 mm")]


def test_a_line_break_at_the_end_is_no_end() -> None:
    check = compiled({"type": "string", "pattern": "^a$"})
    assert check("a") == []
    assert check("a\n")
    assert compiled({"type": "string", "pattern": r"^[$]\$$"})("$$") == []


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ({"type": "string", "format": "date"}, "format"),
        ({"type": ["string", "null"]}, "type"),
        ({"type": "object", "patternProperties": {}}, "patternProperties"),
        ({"allOf": [{}]}, "allOf"),
        ({"type": "string", "minimum": 1}, "minimum"),
        ({"minimum": 1}, "minimum"),
        ({"type": "array", "items": {"if": {}}}, "/items"),
        ({"type": "object", "properties": {"x": {"not": {}}}}, "/properties/x"),
        ({"$ref": "other.json"}, "$ref"),
        ({"$ref": "#/$defs/missing"}, "$ref"),
        ({"type": "number", "multipleOf": 0}, "multipleOf"),
        ({"type": "number", "minimum": float("nan")}, "minimum"),
        ({"type": "string", "minLength": -1}, "minLength"),
        ({"enum": [float("inf")]}, "inf"),
        ({"type": "string", "pattern": "("}, "regular expression"),
        ({"anyOf": [{"type": "object", "properties": {"a": {"default": 1}}}]}, "default"),
    ],
)
def test_what_it_does_not_know_is_an_error(schema: dict[str, Any], word: str) -> None:
    with pytest.raises(UnsupportedSchemaError, match=word.replace("$", r"\$")):
        compile_schema(schema)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(?:a{0,30}){9}", r"(a)\1", "((?:ab)*)*", "(?=(a+)+)b"])
def test_a_pattern_that_can_take_for_ever_is_an_error(pattern: str) -> None:
    with pytest.raises(UnsupportedSchemaError, match="exponential"):
        compile_schema({"type": "string", "pattern": pattern})


def test_a_schema_may_refer_to_itself() -> None:
    tree = {"type": "object", "properties": {"next": {"$ref": "#/$defs/tree"}}, "additionalProperties": False}
    check = compiled({"$ref": "#/$defs/tree", "$defs": {"tree": tree}})
    assert check({"next": {"next": {}}}) == []
    assert [pointer for pointer, _ in check({"next": {"next": {"x": 1}}})] == ["/next/next/x"]

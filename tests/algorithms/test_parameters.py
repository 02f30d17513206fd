"""One signature, two readers: what `bind` accepts is what a JSON Schema validator accepts by the schema."""

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from algorithms.errors import DeclarationError
from algorithms.parameters import InvalidParameters, Parameter, bind, parameters_schema
from imaging import Image

KEYWORDS = {
    "type", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
    "maxLength", "pattern", "items", "minItems", "maxItems", "anyOf", "default", "description", "title", "unit",
}  # fmt: skip


def function(hint: Any, *default: Any) -> Callable[..., Any]:
    def run(image: Image, value: Any) -> Image:
        return image

    run.__annotations__["value"] = hint
    run.__defaults__ = default or None
    return run


def accepts(run: Callable[..., Any], parameters: dict[str, Any]) -> bool:
    try:
        bind(run, parameters)
    except InvalidParameters as error:
        assert error.faults
        return False
    return True


finite = st.floats(-1e6, 1e6) | st.integers(-1000, 1000) | st.sampled_from([0.5, 2.0, 2.5, -0.0, 1e18, 1e300, 2**70])
scalars = st.none() | st.booleans() | finite | st.text(max_size=6) | st.sampled_from(["a", "ab", "b\n", "1", "ä"])
values = scalars | st.lists(scalars, max_size=4) | st.dictionaries(st.text(max_size=2), scalars, max_size=1)
numbers = st.integers(-5, 5) | st.sampled_from([-2.5, 0.5, 1e6])
steps = st.sampled_from([1, 2, 3, 7, 0.5, 0.25, 2.0**-40, 8.0])
lengths = st.integers(0, 4)


@st.composite
def bounded(draw: st.DrawFn, hint: Any, names: tuple[str, ...]) -> Any:
    strategies = {"multiple_of": steps, "min_length": lengths, "max_length": lengths}
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    bounds = {name: draw(strategies.get(name, numbers)) for name in chosen}
    if draw(st.booleans()) and hint is str:
        bounds["pattern"] = draw(st.sampled_from(["^a", "b", "^[ab]+$", r"\d"]))
    try:
        parameter = Parameter("described", **bounds)
        parameters_schema(function(Annotated[hint, parameter]))
    except DeclarationError:  # bounds that leave no value, or halves for whole numbers
        return hint
    return Annotated[hint, parameter]


NUMERIC = ("ge", "gt", "le", "lt", "multiple_of")
LENGTH = ("min_length", "max_length")
items = (
    bounded(int, NUMERIC)
    | bounded(float, NUMERIC)
    | bounded(str, LENGTH)
    | st.sampled_from([bool, Literal["a", "b"], Literal[0, 1], Literal[1, 2, "a"], Literal["ab"]])
)
sequences = items.flatmap(
    lambda item: st.sampled_from([list[item], tuple[item, ...], tuple[item, item]]).flatmap(
        lambda hint: bounded(hint, LENGTH)
    )
)
optional = st.sampled_from([int, float, str, list[int]]).flatmap(
    lambda hint: bounded(hint | None, NUMERIC if hint in (int, float) else LENGTH)
)


@settings(max_examples=4 * settings().max_examples, deadline=None)
@given(hint=items | sequences | optional, candidates=st.lists(values, min_size=1, max_size=8))
@example(hint=float, candidates=[True, 1, "1", 1.5])
@example(hint=int, candidates=[True, 1, 1.0, 1.5, "1", 10**400])
@example(hint=Literal[0, 1], candidates=[True, False, 1.0, 0])
@example(hint=Annotated[float, Parameter("d", multiple_of=0.5)], candidates=[1e9 + 0.2, 1e300, -0.5, 3])
@example(hint=Annotated[str, Parameter("d", max_length=1)], candidates=["😀", "é", "e\u0301"])
def test_bind_agrees_with_a_json_schema_validator(hint: Any, candidates: list[Any]) -> None:
    run = function(hint)
    schema = parameters_schema(run)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for candidate in candidates:
        sent = json.loads(json.dumps({"value": candidate}))
        assert accepts(run, sent) == validator.is_valid(sent), (schema, sent)


def whole(
    image: Image,
    sigma: Annotated[float, Parameter("width", gt=0, le=20, unit="mm")],
    count: int = 3,
    *,
    mode: Literal["nearest", "wrap"] = "nearest",
    window: tuple[float, float] = (40, 400),
    seeds: Annotated[list[int], Parameter("seeds", max_length=3)] = [],  # noqa: B006 - never handed out itself
    threshold: Annotated[float | None, Parameter("threshold", unit="HU")] = None,
    model_dump: bool = False,
    _inner: str = "",
) -> Image:
    return image


def test_the_schema_is_a_flat_json_schema() -> None:
    schema = parameters_schema(whole)
    assert schema["required"] == ["sigma"]
    assert schema["additionalProperties"] is False
    assert all(KEYWORDS.issuperset(each) for each in schema["properties"].values())
    assert schema["properties"]["sigma"] == {
        "title": "Sigma",
        "description": "width",
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 20,
        "unit": "mm",
    }
    assert schema["properties"]["window"]["default"] == [40, 400]
    for each in schema["properties"].values():
        if "default" in each:
            Draft202012Validator(each).validate(each["default"])


def test_the_schema_is_the_callers_own() -> None:
    parameters_schema(whole)["properties"]["sigma"].clear()
    assert parameters_schema(whole)["properties"]["sigma"]["maximum"] == 20


def test_bind_fills_defaults_in_with_the_declared_types() -> None:
    bound = bind(whole, {"sigma": 2, "count": 4.0})
    assert bound == {
        "sigma": 2.0, "count": 4, "mode": "nearest", "window": (40.0, 400.0), "seeds": [], "threshold": None,
        "model_dump": False, "_inner": "",
    }  # fmt: skip
    assert [type(bound[name]) for name in ("sigma", "count", "window")] == [float, int, tuple]
    bound["seeds"].append(1)
    assert bind(whole, {"sigma": 2})["seeds"] == []


def test_bind_reports_every_fault_with_its_pointer() -> None:
    sent = {"sigma": 0, "count": "3", "mode": "mirror", "seeds": [1, 2.5], "window": [1], "a/b~": 1}
    with pytest.raises(InvalidParameters) as caught:
        bind(whole, sent)
    assert sorted(pointer for pointer, _ in caught.value.faults) == [
        "/a~1b~0", "/count", "/mode", "/seeds/1", "/sigma", "/window",
    ]  # fmt: skip
    assert dict(caught.value.faults)["/sigma"] == "Input should be greater than 0"
    with pytest.raises(InvalidParameters, match="/sigma: Required parameter is missing"):
        bind(whole, {})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**400, object()])
def test_what_is_no_json_number_is_refused(value: Any) -> None:
    assert not accepts(function(float), {"value": value})


def test_an_unknown_parameter_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(InvalidParameters, match=r"Unknown parameter \(did you mean value\?\)"):
        bind(function(float, 1.0), {"valu": 2.0})

"""Arguments of the types of ports are inputs; all others stay parameters."""

import inspect
from collections.abc import Sequence
from typing import Annotated, Any

import pytest
from typing_extensions import TypeAliasType

from algorithms.errors import DeclarationError
from algorithms.parameters import bind, parameters_schema
from algorithms.ports.inputs import inputs_of
from imaging import Boxes, Image, Input, Labels, Parameter, Points, Quantity, Transform

WHERE: Any = Annotated[Labels, Input("where")]


def segment(
    image: Image,
    prior: Annotated[Image | None, Input("an earlier scan", scopes=("series",))] = None,
    phases: Annotated[list[Image] | None, Input("the phases")] = None,
    within: Annotated[Labels | None, Input("where to look")] = None,
    smoothness: Annotated[float, Parameter("how smooth", ge=0, le=1)] = 0.2,
    *,
    motion: Annotated[Transform, Input("how it moved")],
) -> Image:
    return image


def taking(annotation: Any, *default: Any) -> Any:
    """Return a function that takes one thing more."""

    def run(image: Image, value: Any = None) -> Image:
        return image

    def required(image: Image, value: Any) -> Image:
        return image

    made = run if default else required
    made.__annotations__["value"] = annotation
    if default:
        made.__defaults__ = default
    return made


def named(name: str) -> Any:
    """Return a function with a further input of this name."""

    def run(image: Image, **inputs: Any) -> Image:
        return image

    made: Any = run
    keyword = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY)
    made.__signature__ = inspect.Signature([inspect.signature(run).parameters["image"], keyword])
    made.__annotations__[name] = Annotated[Image, Input("an earlier scan")]
    return made


def test_inputs_are_read_from_the_signature() -> None:
    prior, phases, within, motion = inputs_of(segment)
    assert (prior.name, prior.type, prior.scopes, prior.required) == ("prior", "image", ("series",), False)
    assert phases.many and not prior.many
    assert (within.type, within.description) == ("labels", "where to look")
    assert (motion.type, motion.required) == ("transform", True)


Where = TypeAliasType("Where", Annotated[Labels, Input("where")])  # what `type Where = ...` makes from Python 3.12 on
Perhaps = TypeAliasType("Perhaps", Annotated[Labels, Input("where")] | None)


@pytest.mark.parametrize("annotation", [WHERE | None, Perhaps, Where | None])
def test_an_alias_may_stand_for_an_annotation(annotation: Any) -> None:
    (where,) = inputs_of(taking(annotation, None))
    assert (where.type, where.description, where.required) == ("labels", "where", False)


def test_inputs_are_no_parameters() -> None:
    assert list(parameters_schema(segment)["properties"]) == ["smoothness"]
    assert bind(segment, {}) == {"smoothness": 0.2}


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (taking(Image), r"input `value`: say what it is for: Annotated\[Image, Input"),
        (taking(list[Image]), r"Annotated\[list\[Image\], Input"),
        (taking(Annotated[float, Input("a number")]), "float is no input; it can be Image, Labels"),
        (taking(Annotated[Quantity, Input("a number")]), "Quantity is no input"),
        (taking(Annotated[Labels, Input("where", scopes=("series",))]), "the PACS, which has no Labels"),
        (taking(Annotated[Image | None, Input("a scan")]), "give it that default: `= None`"),
        (taking(Annotated[Image, Input("a scan")], 3), "its default is 3; the only one is None, for none given"),
        (taking(list[Annotated[Image, Input("scans")]]), r"around all of it: Annotated\[list\[Image\], Input"),
        (taking(Annotated[WHERE | None, Input("where else")], None), r"around all of it: Annotated\[Labels \| None"),
        (taking(Sequence[Image]), r"Sequence\[Image\] is no input; write list\[Image\]"),
        (taking(Annotated[tuple[Image, ...], Input("scans")]), r"tuple\[Image, ...\] is no input; write list"),
        (taking(Annotated[dict[str, Image], Input("scans")]), r"dict\[str, Image\] is no input; it can be Image"),
        (taking(Annotated[Points | Boxes, Input("where")]), r"input `value`: Points \| Boxes is no input"),
        (named("T1w"), "input `T1w`: requests name it; use at most 40 lowercase letters, digits and _, a letter first"),
        (named("prioré"), "input `prioré`: requests name it"),
        (named("a" * 41), "use at most 40"),
        (named("any"), "and another name than any"),
    ],
)
def test_an_input_that_cannot_be_is_refused(run: Any, reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        inputs_of(run)


def test_an_input_needs_a_scope_that_exists() -> None:
    with pytest.raises(DeclarationError, match="give a tuple of image, series, study"):
        Input("a scan", scopes=("volume",))  # pyright: ignore[reportArgumentType]
    with pytest.raises(DeclarationError, match="names a scope twice"):
        Input("a scan", scopes=("series", "series"))

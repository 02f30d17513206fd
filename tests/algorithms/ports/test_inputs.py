"""Arguments of the types of ports are inputs; all others stay parameters."""

from typing import Annotated, Any

import pytest

from algorithms.errors import DeclarationError
from algorithms.parameters import bind, parameters_schema
from algorithms.ports.inputs import inputs_of
from imaging import Image, Input, Labels, Parameter, Quantity, Transform


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


def test_inputs_are_read_from_the_signature() -> None:
    prior, phases, within, motion = inputs_of(segment)
    assert (prior.name, prior.type, prior.scopes, prior.required) == ("prior", "image", ("series",), False)
    assert phases.many and not prior.many
    assert (within.type, within.description) == ("labels", "where to look")
    assert (motion.type, motion.required) == ("transform", True)


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
        (taking(Annotated[Image, Input("a scan")], 3), "its default is 3; the only default is None"),
    ],
)
def test_an_input_that_cannot_be_is_refused(run: Any, reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        inputs_of(run)


def test_an_input_needs_a_scope_that_exists() -> None:
    with pytest.raises(DeclarationError, match="give a tuple of image, series, study"):
        Input("a scan", scopes=("volume",))  # pyright: ignore[reportArgumentType]

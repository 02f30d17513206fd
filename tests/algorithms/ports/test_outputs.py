"""The return annotation declares the outputs, and what can never be one is refused with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NamedTuple, Optional, TypeVar

import numpy as np
import pytest
import SimpleITK as sitk
from numpy.typing import NDArray
from typing_extensions import TypeAliasType

from algorithms.checks.ports import check_ports
from algorithms.errors import DeclarationError
from algorithms.ports.annotations import UNIT_LONGEST
from algorithms.ports.outputs import outputs_of
from imaging import Image, Input, Labels, Output, Points, Quantity, Result
from runtime.contracts.results import display


@dataclass(frozen=True)
class Tissue:
    tissue: Annotated[Labels, Output("tissue classes", names={1: "CSF", 2: "grey matter"})]
    volume: Annotated[Quantity, Output("volume of CSF", unit="ml")]
    landmarks: Annotated[Points | None, Output("commissures")]


@dataclass(frozen=True, slots=True)
class Marked(Image):
    """An image of an author's own kind."""


class Pair(NamedTuple):
    first: Image
    second: Image


@dataclass
class Thawed:
    tissue: Annotated[Labels, Output("tissue classes")]


class Undecorated(Tissue):
    diameter: Annotated[Quantity, Output("largest diameter", unit="mm")]


T = TypeVar("T")


@dataclass(frozen=True)
class Generalised(Generic[T]):
    value: Annotated[Quantity, Output("a value")]


def record(annotation: Any, name: str = "value") -> Any:
    """Return a frozen dataclass with one field."""
    return dataclass(frozen=True)(type("One", (), {"__annotations__": {name: annotation}}))


def returning(annotation: Any) -> Any:
    """Return a function with this return annotation."""

    def run(image: Image) -> Any: ...

    run.__annotations__["return"] = annotation
    return run


def test_a_frozen_dataclass_declares_several() -> None:
    outputs = outputs_of(returning(Tissue))
    assert outputs is not None and outputs.record is Tissue
    tissue, volume, landmarks = outputs.ports
    assert (tissue.name, tissue.type, tissue.names[2]) == ("tissue", "labels", "grey matter")
    assert (volume.type, volume.unit, volume.description) == ("quantity", "ml", "volume of CSF")
    assert landmarks.optional and not tissue.optional


@pytest.mark.parametrize(
    ("annotation", "name", "kind"),
    [
        (Labels, "labels", "labels"),
        (Annotated[Image, Output("vesselness")], "image", "image"),
        (Annotated[Points, Output("seeds")], "points", "points"),
    ],
)
def test_a_bare_type_declares_one(annotation: Any, name: str, kind: str) -> None:
    outputs = outputs_of(returning(annotation))
    assert outputs is not None and outputs.record is None
    assert [(port.name, port.type) for port in outputs.ports] == [(name, kind)]


Seeds = TypeAliasType("Seeds", Annotated[Points, Output("seeds")])  # what `type Seeds = ...` makes from Python 3.12 on


def test_an_alias_may_stand_for_an_annotation() -> None:
    for annotation in (Optional[Seeds.__value__], Seeds | None):  # noqa: UP045 - as authors write it
        outputs = outputs_of(returning(record(annotation)))
        assert outputs is not None and outputs.ports[0].optional
        assert (outputs.ports[0].type, outputs.ports[0].description) == ("points", "seeds")


@pytest.mark.parametrize("annotation", [Image, Result, Any, object, Image | Result, Result | None, Marked])
def test_the_earlier_forms_declare_nothing(annotation: Any) -> None:
    assert outputs_of(returning(annotation)) is None


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (float, "its return type float is no output; a number is a Quantity; it can be Image"),
        (tuple[Image, Labels], r"is no output; several are declared by a class with @dataclass\(frozen=True\)"),
        (list[Labels], "is no output"),
        (None, "its return type None is no output"),
        (np.ndarray, r"its return type ndarray is no output; image.with_values\(array\) makes an Image"),
        (Mapping[str, Image], r"its return type Mapping\[str, Image\] is no output"),
        (Pair, "its return type Pair is no output; several are declared by a class"),
        (Image | Labels, r"its return type Image \| Labels is no output"),
        (Tissue | None, r"its return type Tissue may not be None: put `\| None` to those of its fields"),
        (Annotated[Result, Output("all")], "write `-> Result` alone"),
        (record("Nowhere"), "the annotations of One cannot be read at run time: .* import Nowhere at module level"),
        (Thawed, "are not frozen"),
        (Undecorated, "inherit a dataclass, and `diameter` is no field of it: write @dataclass"),
        (Generalised[Labels], r"Generalised\[Labels\] is no output; a dataclass with types in brackets is none"),
        (NDArray[np.float32], r"is no output; image.with_values\(array\) makes an Image"),
        (dict[str, float], r"is no output; Result\(measurements="),
        (sitk.Image, r"SimpleITK.Image is no output; image.with_simpleitk\(...\) makes an Image"),
        (record(Labels), "say what it shows: Annotated"),
        (record(Annotated[float, Output("a number")]), "float is no output; a number is a Quantity"),
        (record(Annotated[list[Labels], Output("many")]), r"list\[Labels\] is no output"),
        (record(Annotated[Points, Output("p", unit="mm")]), "unit says nothing about Points"),
        (record(Annotated[Labels, Output("p")], "Tissue"), "at most 40 lowercase letters"),
        (record(Annotated[Labels, Output("p", grid="prior")]), "'prior' has no grid; it can be image, any"),
    ],
)
def test_what_can_be_seen_at_declaration_is_refused_there(annotation: Any, reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        check_ports(returning(annotation))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"description": " "}, "needs a description"),
        ({"names": {0: "background"}}, "labels are whole numbers from 1"),
        ({"names": {1: ""}}, "the name of label 1 is ''"),
        ({"colours": {1: "red"}}, "write it as '#c81e1e'"),
        ({"codes": {1: "T-A0100"}}, r"give \(code value, scheme, meaning\)"),
        ({"names": ["CSF"]}, r"names is \['CSF'\]; give a mapping from each label"),
        ({"names": {1: "CSF"}, "colours": {2: "#c81e1e"}}, "colours has the label 2, which names does not have"),
        ({"window": (0.5, 0)}, r"window is \(0.5, 0\); give \(centre, width\)"),
        ({"window": (float("nan"), 1)}, r"give \(centre, width\), two numbers"),
        ({"window": 40}, "window is 40; give"),
        ({"unit": 3}, "unit is 3; give a text"),
        ({"unit": "m" * (UNIT_LONGEST + 1)}, f"a text of at most {UNIT_LONGEST} characters"),
        ({"grid": None}, "grid is None; give 'image', 'any'"),
    ],
)
def test_an_output_that_says_nothing_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        Output(**{"description": "classes", **fields})


def test_a_unit_is_as_long_as_a_result_may_say() -> None:
    assert UNIT_LONGEST == display.UNIT_LONGEST


def test_an_output_may_lie_on_the_grid_of_an_input() -> None:
    def run(image: Image, prior: Annotated[Image, Input("an earlier scan")]) -> Any: ...

    run.__annotations__["return"] = Annotated[Labels, Output("what grew", grid="prior")]
    check_ports(run)

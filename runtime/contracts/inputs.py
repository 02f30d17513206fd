"""The forms of a further input in a request: an object of the PACS, an output of an earlier job, points or boxes."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter

from algorithms.ports.inputs import InputPort
from runtime.contracts.base import Identifier, JobId, Model, Scope, VolumeId
from runtime.contracts.results import fit
from runtime.contracts.results.ports import PortName, Vector

MOST_PLACES: Final = 200  # points or boxes of one request


class ArchiveInput(Model):
    """An image, a series or a study of the PACS."""

    study_id: Identifier
    series_id: Identifier | None = None
    image_id: Identifier | None = None
    scope: Scope | None = Field(default=None, description="by default the narrowest that is named")
    volume: VolumeId | None = Field(default=None, description="one volume of the series, as its stack names it")


class JobOutputInput(Model):
    """A declared output of an earlier job of the same client; `image` if its algorithm declares none."""

    job_id: JobId
    output: PortName


class PointInput(Model):
    """One point in the patient."""

    position: Vector = Field(description="x, y and z in mm (LPS)")
    name: str = Field(default="", max_length=64)


class PointsInput(Model):
    """Points that the request itself holds: a user's clicks."""

    points: tuple[PointInput, ...] = Field(min_length=1, max_length=MOST_PLACES)


class BoxInput(Model):
    """One box, whose sides are parallel to the axes of the patient coordinate system."""

    corners: Annotated[tuple[Vector, ...], Field(min_length=2, max_length=2)] = Field(
        description="two opposite corners, x, y and z in mm (LPS)"
    )
    name: str = Field(default="", max_length=64)


class BoxesInput(Model):
    """Boxes that the request itself holds."""

    boxes: tuple[BoxInput, ...] = Field(min_length=1, max_length=MOST_PLACES)


InputValue = ArchiveInput | JobOutputInput | PointsInput | BoxesInput
# The forms by the field that tells each from the others.
FORMS: Final[Mapping[str, type[Model]]] = {
    "study_id": ArchiveInput,
    "job_id": JobOutputInput,
    "points": PointsInput,
    "boxes": BoxesInput,
}
# Which forms give an input of each type: the PACS has images alone.
OF_TYPE: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("study_id", "job_id"),
    "labels": ("job_id",),
    "points": ("points", "job_id"),
    "boxes": ("boxes", "job_id"),
    "transform": ("job_id",),
}
_value: TypeAdapter[InputValue] = TypeAdapter(InputValue)


def read(value: Mapping[str, Any]) -> InputValue:
    """Return one input of a job's message; ValueError if it has none of the forms."""
    return _value.validate_python(dict(value), extra="ignore", strict=False)


def schema(ports: Sequence[InputPort], reference: str) -> dict[str, Any]:
    """Return the JSON Schema of `inputs` in a request; `reference` leads to the forms by the names of their models."""
    properties: dict[str, Any] = {}
    for port in ports:
        forms = [{"$ref": reference + FORMS[form].__name__} for form in OF_TYPE[port.type]]
        one = forms[0] if len(forms) == 1 else {"anyOf": forms}
        listed = {"type": "array", "items": one, "minItems": 1, "maxItems": fit.MOST_VALUES}
        about = port.description + (f" (scope {', '.join(port.scopes)})" if port.scopes else "")
        properties[port.name] = {**(listed if port.many else one), "description": about}
    return {
        "type": "object",
        "properties": properties,
        "required": [port.name for port in ports if port.required],
        "additionalProperties": False,
    }

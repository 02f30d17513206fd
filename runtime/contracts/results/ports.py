"""What a result says of each declared output, and of each further input that it was computed from."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from runtime.contracts.base import Model
from runtime.contracts.results.display import UNIT_LONGEST, Display

InputType = Literal["image", "labels", "points", "boxes", "transform"]
OutputType = Literal["image", "labels", "points", "boxes", "transform", "table", "quantity", "file"]
PortName = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,39}$")]
Finite = Annotated[float, Field(allow_inf_nan=False)]
# A list of bounded length: generators of clients do not know the schema of a tuple.
Vector = Annotated[tuple[Finite, ...], Field(min_length=3, max_length=3)]


class Geometry(Model):
    """Where the pixels of an image are."""

    size: tuple[int, ...] = Field(min_length=3, max_length=3, description="planes, rows, columns")
    spacing: Vector = Field(description="between planes, rows and columns, in mm")
    origin: Vector = Field(description="x, y, z of the first pixel's centre, in mm (LPS)")
    direction: tuple[Finite, ...] = Field(
        min_length=9, max_length=9, description="nine direction cosines, as ITK keeps them"
    )
    dtype: str = Field(description="type of the values, such as uint8")


class Code(Model):
    """A coded concept, as DICOM has it."""

    value: str
    scheme: str
    meaning: str


class Label(Model):
    """One structure of labels."""

    label: int = Field(ge=1)
    name: str
    colour: str = Field(description="such as #c81e1e")
    code: Code | None = None


class Port(Model):
    """One declared output of a result. Its files are those of `outputs` that have its name as `port`."""

    name: PortName
    type: OutputType
    description: str = ""
    unit: str = Field(default="", max_length=UNIT_LONGEST, description="of an image's values, or of a quantity")
    value: Finite | None = Field(default=None, description="of a quantity")
    count: int | None = Field(default=None, ge=0, description="of points, boxes, or a table's rows")
    labels: tuple[Label, ...] = ()
    display: Display | None = None
    geometry: Geometry | None = None


class UsedInput(Model):
    """One input as the worker found it, before the algorithm ran."""

    name: PortName
    type: InputType
    unit: str = Field(default="", max_length=UNIT_LONGEST)
    geometry: Geometry | None = None
    count: int | None = Field(default=None, ge=0, description="of points or boxes")
    unusual: tuple[str, ...] = Field(default=(), description="one sentence each")


class Source(Model):
    """What a DICOM object made from the outputs must repeat of the image that they come from."""

    modality: str
    identifiers: dict[str, str] = Field(description="by keyword, such as StudyInstanceUID")
    instances: tuple[str, ...] = Field(description="SOP instance UIDs, in the order of the planes")
    geometry: Geometry
    distinction: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="what tells the chosen volume from others of its series, as `volumes` of its stack has it",
    )

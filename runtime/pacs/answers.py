"""What the PACS API answers: the source of its OpenAPI document's schemas."""

from typing import Literal

from pydantic import Field

from runtime.contracts.models import Model

Next = Field(None, description="pass it as `cursor` for the next page; null at the end")


class Study(Model):
    """A study, described by one of its files."""

    study_id: str
    study_description: str | None
    study_date: str | None = Field(description="YYYYMMDD")


class Series(Model):
    """A series, described by its first file."""

    series_id: str
    images: int
    modality: str | None
    series_description: str | None
    series_number: int | None
    body_part: str | None
    study_date: str | None = Field(description="YYYYMMDD")
    rows: int | None
    columns: int | None
    frames: int | None


class Image(Model):
    """One stored file; it may hold several frames."""

    image_id: str
    bytes: int
    instance_number: int | None
    rows: int | None
    columns: int | None
    frames: int | None


class StudyPage(Model):
    """A page of studies, in the order of the bucket's keys. It may hold fewer than `limit` and not be the last."""

    studies: tuple[Study, ...]
    next: str | None = Next


class SeriesPage(Model):
    """A page of a study's series, in the order of the bucket's keys."""

    series: tuple[Series, ...]
    next: str | None = Next


class ImagePage(Model):
    """A page of a series' images, in the order of the bucket's keys."""

    images: tuple[Image, ...]
    next: str | None = Next


class Window(Model):
    """A window, in the values' unit."""

    centre: float
    width: float


class Plane(Model):
    """One frame: value = stored * slope + intercept."""

    slope: float
    intercept: float
    windows: tuple[Window, ...] = Field(description="the first is the default; none: take the range of the values")
    function: Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
    pixel_spacing: tuple[float, float] = Field(description="between rows and between columns, mm; 1, 1 where unknown")
    plane_spacing: float | None = Field(description="between planes as the header says, mm")
    position: tuple[float, float, float] | None = Field(description="of the first pixel's centre, mm")
    orientation: tuple[float, float, float, float, float, float] | None = Field(description="direction cosines")


class Metadata(Model):
    """What a viewer must know to show the values of `/pixels`."""

    rows: int
    columns: int
    frames: int
    type: Literal["int16", "uint16", "float32", "rgb8"] = Field(description="of `/pixels`, little-endian, row by row")
    bits_stored: int
    signed: bool
    samples: int
    photometric: str = Field(description="MONOCHROME1 is shown inverted")
    modality: str
    unit: str = Field(description="HU for CT, otherwise empty")
    padding: int | None = Field(description="stored value that stands for no measurement")
    planes: tuple[Plane, ...]


class Health(Model):
    """The server answers."""

    status: Literal["ok"]

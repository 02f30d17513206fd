"""The PACS API's answers: the source of its OpenAPI document's schemas."""

from typing import Literal

from pydantic import Field

from algorithms.declaration import Needs
from runtime.contracts.models import Model
from runtime.pacs.http.answers_metadata import Metadata

Next = Field(None, description="pass it as `cursor` for the next page; null at the end")


class Study(Model):
    """A study, described by one of its files."""

    study_id: str
    modalities: tuple[str, ...] = Field(description="of its series, sorted; of the first 20 if there are more")
    study_description: str | None
    study_date: str | None = Field(description="YYYYMMDD")
    patient_name: str | None = Field(None, description="as the file has it (PN); only in a stack with patientColumns")
    patient_id: str | None = Field(None, description="only in a stack with patientColumns")


class Series(Model):
    """A series, described by its first file."""

    series_id: str
    images: int
    middle_image_id: str = Field(description="the image in the middle by the order of the keys, for a thumbnail")
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
    """A page of studies, in the order of the bucket's keys. It may hold fewer than `limit` without being the last."""

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


class StackImage(Metadata):
    """One file of a stack."""

    image_id: str


class Refused(Model):
    """A file of a series that cannot be shown."""

    image_id: str
    code: str = Field(description="the stable code of the reason")
    reason: str


class Volume(Model):
    """Planes of a series that make one volume."""

    id: str = Field(
        pattern="^[0-9a-f]{16}$",
        description="`volume` of a job on it; it stays as long as the same attributes tell it from the others",
    )
    distinction: dict[str, str] = Field(
        description="what the volumes of the series differ in, and this one's: keywords of DICOM attributes and their "
        "values as text, several joined by backslashes, empty if this one's planes lack it. `Size` is rows x columns, "
        "`Orientation` the direction cosines of rows and columns to two digits, `Kind` MONOCHROME1, MONOCHROME2 or "
        "`colours of N bits`, `ModalityAndUnit` the modality with RescaleType, Units or DoseUnits; a keyword with "
        "`Index` behind it (`TriggerTimeIndex`) counts from 1 in which turn each place was imaged, by that time. Empty "
        "if the series is one volume"
    )
    order: tuple[tuple[int, int], ...] = Field(
        description="(index into images, frame from 0) of each plane along the normal"
    )
    spacing: float | None = Field(description="measured distance between neighbouring planes, mm; null if unknown")


class Stack(Model):
    """A series as one stack of planes: everything but the pixels."""

    modality: str
    series_description: str | None
    study_description: str | None
    body_part: str | None
    images: tuple[StackImage, ...]
    order: tuple[tuple[int, int], ...] = Field(
        description="(index into images, frame from 0) of each plane along the normal, as a job on the series has them"
    )
    spacing: float | None = Field(description="measured distance between neighbouring planes, mm; null if unknown")
    not_a_volume: str | None = Field(description="why a job on the series would be refused; null if it would not be")
    not_a_volume_code: str | None = Field(description="the same as a word, which stays as sentences change")
    good_for: tuple[Needs, ...] = Field(
        description="what the series is, of what algorithms need; one whose `needs` is not among these refuses its job"
    )
    volumes: tuple[Volume, ...] = Field(
        description="the volumes of the series (time points, echoes, b-values): the series itself if it is one, none "
        "if no attribute splits it into volumes"
    )
    refused: tuple[Refused, ...] = Field(description="files that cannot be shown, and why")


class Health(Model):
    """The server answers and can decode."""

    status: Literal["ok"]

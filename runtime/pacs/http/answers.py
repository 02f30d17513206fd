"""The PACS API's answers: the source of its OpenAPI document's schemas."""

from typing import Literal

from pydantic import Field

from algorithms.declaration import Needs
from runtime.contracts.models import Model
from runtime.pacs.http.answers_header import Region

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


class Window(Model):
    """A window, in the values' unit."""

    centre: float
    width: float


class Lut(Model):
    """A VOI lookup table: `first` is the value of its first entry; entries have `bits` bits."""

    first: int
    bits: int
    entries: tuple[int, ...]


class Plane(Model):
    """One frame: value = stored * slope + intercept."""

    slope: float
    intercept: float
    unit: str = Field(description="HU if this frame is in Hounsfield units, otherwise empty")
    windows: tuple[Window, ...] = Field(description="the first is the default; if empty, use the range of the values")
    function: Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
    lut: Lut | None = Field(description="comes before the windows until a user chooses one")
    pixel_spacing: tuple[float, float] = Field(description="between rows and between columns, mm; 1, 1 if unknown")
    spacing_known: bool = Field(description="whether the file states lengths; else only the pixels' shape is known")
    spacing_meaning: Literal["patient", "calibrated", "detector", "film", "ratio", "unknown"] = Field(
        description="in the patient, calibrated, at the detector, on a scanned film; or it is a ratio only"
    )
    plane_spacing: float | None = Field(description="between planes as the header says, mm")
    position: tuple[float, float, float] | None = Field(description="of the first pixel's centre, mm")
    orientation: tuple[float, float, float, float, float, float] | None = Field(description="direction cosines")


class Metadata(Model):
    """What a viewer must know to show the values of `/pixels`."""

    rows: int
    columns: int
    frames: int
    type: Literal["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "rgb8"] = Field(
        description="of `/pixels`, little-endian, row by row"
    )
    bits_stored: int
    signed: bool
    samples: int
    photometric: str
    inverted: bool = Field(description="whether the lowest value is shown white, as for MONOCHROME1")
    modality: str
    unit: str = Field(description="HU for CT, otherwise empty")
    padding: int | None = Field(description="stored value that stands for no measurement")
    padding_limit: int | None = Field(description="the last of a range of such values, which begins with `padding`")
    frame_times: tuple[float, ...] | None = Field(
        description="how long each frame is shown, ms; one value if all are alike, null if the file does not say"
    )
    overlays: int = Field(description="how many overlay planes `/overlays` tells of")
    series_instance_uid: str | None = Field(description="as the file states it; a segmentation names series by it")
    frame_of_reference: str | None = Field(description="UID; positions of equal ones can be compared")
    regions: tuple[Region, ...] = Field(description="calibrated areas of an ultrasound image")
    planes: tuple[Plane, ...]


class StackImage(Metadata):
    """One file of a stack."""

    image_id: str


class Refused(Model):
    """A file of a series that cannot be shown."""

    image_id: str
    reason: str


class Volume(Model):
    """Planes of a series that make one volume."""

    id: str = Field(
        pattern="^[0-9a-f]{16}$",
        description="`volume` of a job on it; it stays as long as the same attributes tell it from the others",
    )
    distinction: dict[str, str] = Field(
        description="DICOM attributes of which the volumes of the series have different values, and those of this one"
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

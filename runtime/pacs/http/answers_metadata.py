"""The PACS API's answer of what a viewer must know of an image."""

from typing import Literal

from pydantic import Field

from runtime.contracts.models import Model
from runtime.dicom.geometry.planes.plane import Meaning
from runtime.pacs.http.answers_header import Region


class Window(Model):
    """A window, in the values' unit."""

    centre: float
    width: float


class Lut(Model):
    """A VOI lookup table: `first` is the value of its first entry; entries have `bits` bits."""

    first: int
    bits: int
    entries: tuple[int, ...]


class RealWorldValues(Model):
    """A mapping of stored values that the file states and nothing here applies (PS3.3 C.7.6.16.2.11).

    Value in `unit` = stored * slope + intercept, without `slope` and `intercept` of the plane.
    """

    label: str = Field(description="what it is for, in the file's words")
    unit: str = Field(description="UCUM's code, or its meaning in another code; empty if the file does not say")
    first: float | None = Field(description="the first stored value that it maps")
    last: float | None = Field(description="the last one")
    slope: float | None = Field(description="null if a table maps the values, which `/tags` lists")
    intercept: float | None


class Plane(Model):
    """One frame: value = stored * slope + intercept."""

    slope: float
    intercept: float
    unit: str = Field(description="HU if this frame is in Hounsfield units, otherwise empty")
    windows: tuple[Window, ...] = Field(description="the first is the default; if empty, use the range of the values")
    function: Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
    unknown_function: str | None = Field(
        description="VOILUTFunction of the file's windows if it is none of these, up to 16 characters as the file has "
        "them: such windows are left out, and the values are shown by `lut` or their range; null if there is none"
    )
    lut: Lut | None = Field(description="comes before the windows until a user chooses one")
    real_world_values: tuple[RealWorldValues, ...] = Field(
        description="what the stored values stand for beside slope and intercept; told, not applied"
    )
    pixel_spacing: tuple[float, float] = Field(description="between rows and between columns, mm; 1, 1 if unknown")
    spacing_known: bool = Field(description="whether the file states lengths; else only the pixels' shape is known")
    spacing_meaning: Meaning = Field(
        description="where it holds: in the patient; of a projection (PS3.3 10.7.1) at the depth of an object of known "
        "size (calibrated), with a magnification taken out (corrected), one of both (adjusted), or the file does not "
        "say whether any was done (undetermined); at the detector; on a scanned film. Or it is a ratio only"
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
    colour_profile: str | None = Field(
        description="name of the ICC profile that the colours are in and that is not applied ('unnamed' if it has "
        "none); null if there is none, or if it is sRGB"
    )
    not_applied: tuple[
        Literal[
            "ShutterShape",
            "FrameDisplayShutterSequence",
            "MaskSubtractionSequence",
            "AlphaPaletteColorLookupTableData",
            "ModalityLUTSequence",
            "EstimatedRadiographicMagnificationFactor",
        ],
        ...,
    ] = Field(
        description="what the file asks of those who show it and is not done: display shutters, subtraction of masks, "
        "a palette's transparency; the table by which an angiographic image's values lead back to the X-ray beam's "
        "intensity, which is not for display; and the magnification that it estimates, by which no distance is divided"
    )
    modality: str
    unit: str = Field(description="HU for CT, otherwise empty")
    padding: float | None = Field(description="stored value that stands for no measurement")
    padding_limit: float | None = Field(description="the last of a range of such values, which begins with `padding`")
    frame_times: tuple[float, ...] | None = Field(
        description="how long each frame is shown, ms; one value if all are alike, null if the file does not say"
    )
    overlays: int = Field(description="how many overlay planes `/overlays` tells of")
    series_instance_uid: str | None = Field(description="as the file states it; a segmentation names series by it")
    frame_of_reference: str | None = Field(description="UID; positions of equal ones can be compared")
    regions: tuple[Region, ...] = Field(description="calibrated areas of an ultrasound image")
    planes: tuple[Plane, ...]

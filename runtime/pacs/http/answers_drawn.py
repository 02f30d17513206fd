"""What the PACS API tells of what is drawn over images."""

from pydantic import Field

from runtime.contracts.models import Model


class Overlay(Model):
    """An overlay plane (PS3.3 C.9.2) over a frame."""

    group: str = Field(description="such as 6000")
    label: str
    region_of_interest: bool
    rows: int
    columns: int
    origin: tuple[int, int] = Field(description="row and column of the image, from 1, on which it begins")
    bits: str = Field(
        description="base64 of one bit a pixel, row by row without padding, the lowest bit of a byte first"
    )


class RefusedOverlay(Model):
    """An overlay plane that cannot be shown."""

    group: str
    reason: str


class Overlays(Model):
    """The overlay planes over a frame; those over other frames are not named."""

    overlays: tuple[Overlay, ...]
    refused: tuple[RefusedOverlay, ...]


class Segment(Model):
    """A segment of a segmentation."""

    number: int
    name: str
    colour: str | None = Field(description="recommended, of a palette its entry, #rrggbb")


class SegmentFrame(Model):
    """A frame of a segmentation: the part of one segment, or of all of a label map, in one plane."""

    segment: int | None = Field(description="null of a label map, whose values are the numbers of segments")
    position: tuple[float, float, float] | None = Field(description="of the first pixel's centre, mm")
    orientation: tuple[float, float, float, float, float, float] | None = Field(description="direction cosines")
    pixel_spacing: tuple[float, float] | None = Field(description="between rows and between columns, mm")


class Segments(Model):
    """A segmentation (PS3.3 A.51) without its pixels; `/pixels?frame=` gives a frame's, from 0 to `most`."""

    rows: int
    columns: int
    most: int = Field(
        description="the value that stands for all of a pixel: 1 of bits, up to 255 of fractions; of a label map, the "
        "highest that it can have"
    )
    frame_of_reference: str | None
    series_instance_uids: tuple[str, ...] = Field(description="of the series that it says it is of")
    segments: tuple[Segment, ...]
    frames: tuple[SegmentFrame, ...]

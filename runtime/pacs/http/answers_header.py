"""What the PACS API tells of an image's header: its elements, and the areas of an ultrasound image."""

from pydantic import Field

from runtime.contracts.models import Model


class Tag(Model):
    """One element, or an item of a sequence, in the order of the file."""

    tag: str = Field(description="group and element, such as 0008,0060")
    depth: int = Field(description="how many sequences and items it lies in")
    keyword: str
    name: str = Field(description="empty if unknown, as of most private elements")
    vr: str
    value: str = Field(description="cut off after 512 characters; of binary values the number of bytes")
    private: bool


class Tags(Model):
    """The elements of a file's header, without its pixels; they may name the patient."""

    tags: tuple[Tag, ...]
    more: bool = Field(description="whether the header has more than the 5,000 that are listed")


class Region(Model):
    """A calibrated area of an ultrasound image (PS3.3 C.8.5.5), in columns and rows from 0, ends included."""

    left: int
    top: int
    right: int
    bottom: int
    spacing: tuple[float, float] | None = Field(
        description="between rows and between columns, mm; null if the area shows no two lengths"
    )
    low_priority: bool = Field(
        description="whether an area without this flag hides it where they overlap (PS3.3 C.8.5.5.1.3)"
    )

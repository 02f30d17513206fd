"""How the values of a result are shown."""

from typing import Final, Literal

from pydantic import Field

from runtime.contracts.base import Model

UNIT_LONGEST: Final = 64  # characters


class DisplayWindow(Model):
    """A window of values, in their unit, by DICOM's LINEAR function (LINEAR_EXACT if it is narrower than 1)."""

    centre: float = Field(allow_inf_nan=False)
    width: float = Field(gt=0, allow_inf_nan=False)


class Display(Model):
    """What the values of a result mean, and how they are shown."""

    unit: str = Field(max_length=UNIT_LONGEST, description="unit of the values, such as HU; empty if arbitrary")
    scale: Literal["source", "own", "mask", "colour"] = Field(
        description="source: as the source's values, shown as its planes are; own: by `window`, never by the source's; "
        "mask: zeros and ones, without a window; colour: red, green and blue, without a window",
    )
    window: DisplayWindow | None = Field(description="one for all planes")
    inverted: bool = Field(description="whether the lowest value is white")

"""One frame's place and meaning."""

from dataclasses import dataclass
from typing import Literal

from runtime.dicom.show.real_world import RealWorldValues
from runtime.dicom.show.voi import Voi

Vector = tuple[float, ...]
# Where a projection's PixelSpacing holds (PS3.3 10.7.1): at the depth of an object of known size (calibrated), after a
# magnification was taken out (corrected), one of both (adjusted), or the file does not say whether any was done
# (undetermined).
Meaning = Literal[
    "patient", "calibrated", "corrected", "adjusted", "undetermined", "detector", "film", "ratio", "unknown"
]


@dataclass(frozen=True, slots=True)
class Plane:
    """One frame's place and meaning.

    Parameters
    ----------
    rows, columns : size in pixels.
    position, orientation : of the first pixel's centre in mm, and six direction cosines of length 1; None if the
        file does not say.
    pixel_spacing : distance between rows and between columns, in mm if `meaning` is one that has lengths.
    meaning : where those distances hold: in the patient, where a projection was calibrated or corrected, at the
        detector, on a scanned film; "ratio" if the file states only their ratio, "unknown" if it states nothing.
    plane_spacing : distance between planes that the header states, in mm, or None.
    location : SliceLocation in mm, along an axis that the file does not name; None if absent, as of
        frames that are not said to differ by it.
    slice_number : which slice of its volume a frame of nuclear medicine is; None if the file does not say.
    is_misplaced : whether the file states a position that cannot be read.
    slope, intercept : value = stored * slope + intercept.
    scale : what the file states for this frame: a slope, an intercept alone, a modality table, or nothing.
    unit : "HU" if the file says so for this frame and its own numbers were used; otherwise "".
    voi : how the values are meant to be shown.
    kind : MONOCHROME1, MONOCHROME2, or colours and their bits.
    measured : what was measured, as far as the file says: the modality, and the unit in the file's own term.
    number : InstanceNumber, which orders planes without positions; None if absent.
    instance, frame_of_reference : identifiers, "" if absent.
    is_monochrome : whether the frame says that none of its values is a colour of a supplemental palette.
    real_world_values : what stored values stand for beside slope and table, as the file says.
    distinction : attributes that tell the volumes of one series apart, and their values.
    """

    rows: int
    columns: int
    position: Vector | None
    orientation: Vector | None
    pixel_spacing: tuple[float, float]
    meaning: Meaning
    plane_spacing: float | None
    slope: float
    intercept: float
    unit: str
    voi: Voi
    number: int | None
    instance: str = ""
    frame_of_reference: str = ""
    distinction: tuple[tuple[str, str], ...] = ()
    scale: Literal["slope", "intercept", "table", "none"] = "none"
    is_monochrome: bool = False
    kind: str = "MONOCHROME2"
    measured: str = ""
    real_world_values: tuple[RealWorldValues, ...] = ()
    location: float | None = None
    slice_number: int | None = None
    is_misplaced: bool = False

    @property
    def spacing_known(self) -> bool:
        """Whether the file states lengths."""
        return self.meaning not in ("ratio", "unknown")

    @property
    def normal(self) -> Vector | None:
        """The direction that looks away from the plane, of length 1, or None."""
        if self.orientation is None:
            return None
        a, b, c, d, e, f = self.orientation  # not by NumPy: a file may have 100,000 frames
        return (b * f - c * e, c * d - a * f, a * e - b * d)

    @property
    def height(self) -> float | None:
        """How far along its normal the plane lies, in mm, or None."""
        normal = self.normal
        if self.position is None or normal is None:
            return None
        return sum(place * along for place, along in zip(self.position, normal, strict=True))

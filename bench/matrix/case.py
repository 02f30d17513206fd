"""One class of images, whatever transfer syntax it is then written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

Build = Callable[[], Any]
ROWS: Final = 35  # no multiple of a block of any code, and enough for five levels of a wavelet
COLUMNS: Final = 38


class Place(NamedTuple):
    """Where an image's pixels lie: between planes, rows and columns in mm, the first pixel's place, six cosines."""

    spacing: tuple[float, float, float]
    origin: tuple[float, float, float]
    axes: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A class: the Image Pixel module (PS3.3 C.7.6.3) and what else of a header changes the picture.

    Parameters
    ----------
    group, name : what the class is about, and which it is; as the page calls it.
    allocated, stored, high : bits; `high` is None for stored - 1.
    unused : whether the bits of a cell that are not stored hold ones and zeros by chance.
    header : further attributes, made anew for each file.
    code : what the encoder is told.
    meaning, grey : stored values to values, and values to the grey levels of the picture, as the standard has it.
    meanings, greys : the same of each frame, if they differ.
    place, order : where the pixels lie, and the frames in the order of their planes.
    wrapped : how frames lie in fragments: "table", "bare", "extended" or "split".
    refused : whether the file contradicts itself or asks for what nobody can show.
    families : the codes that it is for; none for all that can hold it.
    """

    group: str
    name: str
    allocated: int = 8
    stored: int = 8
    high: int | None = None
    signed: bool = False
    floating: bool = False
    photometric: str = "MONOCHROME2"
    planar: int = 0
    frames: int = 1
    rows: int = ROWS
    columns: int = COLUMNS
    unused: bool = False
    header: Mapping[str, Build] = field(default_factory=dict[str, Build])
    code: Mapping[str, Any] = field(default_factory=dict[str, Any])
    meaning: Callable[[Any], Any] | None = None
    grey: Callable[[Any], Any] | None = None
    meanings: tuple[Callable[[Any], Any], ...] = ()
    greys: tuple[Callable[[Any], Any], ...] = ()
    place: Place | None = None
    order: tuple[int, ...] = ()
    wrapped: str = "table"
    refused: bool = False
    families: tuple[str, ...] = ()

    @property
    def samples(self) -> int:
        """Samples of a pixel."""
        return 1 if self.photometric.startswith(("MONO", "PALETTE")) else 3

    @property
    def top(self) -> int:
        """The highest of the stored bits."""
        return self.stored - 1 if self.high is None else self.high

    @property
    def precision(self) -> int:
        """Bits of a codestream's sample: the whole cell, if bits that are not stored hold something."""
        return self.allocated if self.unused or self.top != self.stored - 1 else self.stored

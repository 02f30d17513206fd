"""How the pixels of a file are laid out."""

from dataclasses import dataclass

from pydicom.uid import UID

from runtime.dicom.pixels.syntax import NATIVE


@dataclass(frozen=True, slots=True)
class Layout:
    """The Image Pixel module (PS3.3 C.7.6.3) of a file; `supplemental`: whether some of its grey values are colours."""

    rows: int
    columns: int
    frames: int
    samples: int
    allocated: int
    stored: int
    high: int
    signed: bool
    photometric: str
    planar: int
    floating: bool
    syntax: UID
    supplemental: bool = False

    @property
    def is_colour(self) -> bool:
        """Whether the frames are colours, once palettes are applied."""
        return self.samples == 3 or self.photometric == "PALETTE COLOR" or self.supplemental

    @property
    def is_encapsulated(self) -> bool:
        """Whether frames are codestreams, in fragments."""
        return self.syntax not in NATIVE

    @property
    def dtype(self) -> str:
        """NumPy's name of the type that holds the stored values."""
        kind = "f" if self.floating else "i" if self.signed else "u"
        return f"{kind}{max(1, self.allocated // 8)}"

    @property
    def frame_bits(self) -> int:
        """Bits of one uncompressed frame."""
        bits = self.rows * self.columns * self.samples * self.allocated
        halved = self.photometric == "YBR_FULL_422" and not self.is_encapsulated
        return bits * 2 // 3 if halved else bits

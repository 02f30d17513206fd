"""What every codestream says about its frame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """A codestream's own header.

    Parameters
    ----------
    rows, columns, components : size, and samples of a pixel.
    precision : bits of a sample.
    signed : whether samples are signed.
    exact : whether the code is lossless.
    transformed : whether the decoder undoes a luminance-chrominance transform (JPEG 2000); None for other codes.
    least : the fewest bytes that such a frame can have.
    colours : "RGB" or "YBR_FULL" if a JPEG codestream says which its samples are, else None.
    """

    rows: int
    columns: int
    components: int
    precision: int
    signed: bool = False
    exact: bool = True
    transformed: bool | None = None
    least: int = 0
    colours: str | None = None

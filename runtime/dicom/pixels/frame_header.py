"""What every codestream says of its frame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """A codestream's own header.

    Parameters
    ----------
    rows, columns, components : size, and samples of a pixel.
    precision : bits of a sample.
    signed : whether samples are signed.
    exact : whether the code is without loss.
    transformed : whether the decoder turns a luminance-chrominance transform back (JPEG 2000), None where it has none.
    least : the fewest bytes that such a frame can have.
    """

    rows: int
    columns: int
    components: int
    precision: int
    signed: bool = False
    exact: bool = True
    transformed: bool | None = None
    least: int = 0

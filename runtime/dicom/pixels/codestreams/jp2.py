"""The boxes of a JP2 file (ITU-T T.800 annex I) around a codestream, which DICOM does not allow (PS3.5 A.4.4).

Writers leave them there. Decoders follow them, each in its way: they exchange samples for colours of a palette, put
channels in another order, or end their process. The frame's samples are those of the codestream alone.
"""

from collections.abc import Iterator
from typing import Final

from runtime.dicom.parse.guard import unreadable

SIGNATURE: Final = b"\x00\x00\x00\x0cjP  "
HEADER, CODESTREAM, PALETTE, CHANNELS, COLOUR = b"jp2h", b"jp2c", b"pclr", b"cdef", b"colr"
LONG: Final = 1  # a length that is stated in 64 bits after the box's type
ENUMERATED: Final = 1  # method of a colour box
SRGB, SYCC = 16, 18  # its colour spaces of three channels


def codestream(stream: bytes, photometric: str) -> bytes:
    """Return a JPEG 2000 codestream without the boxes around it.

    Raises PermanentError (`input_unreadable`) if boxes are damaged, or say that samples are not what the file's header
    says: indices of a palette, channels in another order, another colour space.
    """
    if not stream.startswith(SIGNATURE):
        return stream
    for kind, content in _boxes(stream):
        if kind == CODESTREAM:
            return content
        if kind == HEADER:
            for inner, said in _boxes(content):
                _check(inner, said, photometric)
    raise unreadable("A frame is a JP2 file without a codestream.")


def _check(kind: bytes, said: bytes, photometric: str) -> None:
    is_other = kind == PALETTE
    if kind == CHANNELS:
        is_other = any(_is_moved(said[at : at + 6]) for at in range(2, len(said), 6))
    if kind == COLOUR and said[:1] == bytes([ENUMERATED]):
        space = int.from_bytes(said[3:7], "big")
        is_other = (space == SYCC) if photometric != "YBR_FULL" else (space == SRGB)
    if is_other:
        raise unreadable(
            f"A frame is a JP2 file whose {kind.decode()} box says that its samples are not the {photometric} of the "
            "header: the colours cannot be known."
        )


def _is_moved(channel: bytes) -> bool:
    """Tell whether a channel is not the colour at its own place, or of the whole image."""
    place, kind, colour = (int.from_bytes(channel[at : at + 2], "big") for at in (0, 2, 4))
    return kind != 0 or colour not in (0, place + 1)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and the content of each box. Raises PermanentError if one does not end within them."""
    at = 0
    while at + 8 <= len(content):
        length, kind, start = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], at + 8
        if length == LONG:
            length, start = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        end = at + length if length else len(content)  # 0: to the end of the file
        if not start <= end <= len(content):
            raise unreadable("A frame is a JP2 file whose boxes are damaged.")
        yield kind, content[start:end]
        at = end

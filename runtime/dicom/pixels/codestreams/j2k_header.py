"""The main header of a JPEG 2000 codestream (ITU-T T.800 annex A): its marker segments, checked against one another.

Decoders take what they find, and make a picture of it: steps that are not of the wavelet, blocks of another coder.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from runtime.dicom.parse.guard import unreadable, unsupported

CAP, SIZ, COD, COC, QCD, QCC, SOT = 0xFF50, 0xFF51, 0xFF52, 0xFF53, 0xFF5C, 0xFF5D, 0xFF90
ONCE: Final = (CAP, SIZ, COD, QCD)
# With lengths of packets and tile parts, profiles, regions of interest, orders of progression, comments.
KNOWN: Final = (*ONCE, COC, QCC, 0xFF55, 0xFF56, 0xFF57, 0xFF59, 0xFF5E, 0xFF5F, 0xFF60, 0xFF63, 0xFF64)
PART_2: Final = 0x8000  # of Rsiz: extensions of T.801
HIGH_THROUGHPUT: Final = 1 << 17  # of Pcap: T.814 (part 15), the only further capability that is read
BLOCKS: Final = 0xC0  # of a block's style: whether another coder made it
HIGH_THROUGHPUT_BLOCKS: Final = 0x40
CAUSAL: Final = 0x08  # of a block's style: the only choice that is left to blocks of that coder
Parts = Mapping[tuple[int, int], bytes]


class Main(NamedTuple):
    """A main header: whether components are transformed, whether without loss, and where the first tile begins.

    `coded` is how many bits the lowest band of a code without loss has at most (T.800, E.2), None of others.
    """

    transformed: bool
    reversible: bool
    end: int
    coded: int | None


def read(stream: bytes) -> Main:
    """Return what the main header says. Raises PermanentError."""
    at = 2
    parts: dict[tuple[int, int], bytes] = {}
    while at + 4 <= len(stream):
        marker, length = int.from_bytes(stream[at : at + 2], "big"), int.from_bytes(stream[at + 2 : at + 4], "big")
        if marker == SOT:
            reversible = _style(parts, 0)[4] == 1
            _check(parts, int.from_bytes(stream[40:42], "big"))
            steps = _steps(parts, 0)
            return Main(bool(parts[COD, 0][4]), reversible, at, _coded(steps) if reversible else None)
        content = stream[at + 4 : at + 2 + length]
        name = (marker, content[0] if marker in (COC, QCC) and content else 0)
        if length < 2 or marker not in KNOWN or (marker in (*ONCE, COC, QCC) and name in parts):
            raise unreadable("A frame's JPEG 2000 codestream is damaged: its header is none.")
        parts[name] = content
        at += 2 + length
    raise unreadable("A frame's JPEG 2000 codestream is cut short.")


def check_extensions(stream: bytes) -> None:
    """Refuse a codestream of part 2. Raises PermanentError (`input_unsupported`)."""
    if int.from_bytes(stream[6:8], "big") & PART_2:
        raise unsupported("A frame's JPEG 2000 codestream has extensions of part 2, which are not supported.")


def _style(parts: Parts, component: int) -> bytes:
    """Return a component's levels, sides of blocks, style of blocks and wavelet (T.800, tables A.15 and A.22)."""
    own = parts.get((COC, component))
    found = parts.get((COD, 0), b"")[5:] if own is None else own[2:]
    if len(found) < 5 or (COD, 0) not in parts or len(parts[COD, 0]) < 10:
        raise unreadable("A frame's JPEG 2000 codestream does not say how it was coded.")
    return found


def _check(parts: Parts, components: int) -> None:
    capabilities = int.from_bytes(parts.get((CAP, 0), b"")[:4], "big")
    if capabilities & ~HIGH_THROUGHPUT:
        raise unsupported("A frame's JPEG 2000 codestream needs capabilities that are not supported.")
    for component in range(min(components, 3)):
        levels, _, _, blocks, wavelet = _style(parts, component)[:5]
        if blocks & ~CAUSAL != HIGH_THROUGHPUT_BLOCKS if capabilities else blocks & BLOCKS:
            raise unreadable(
                "A frame's JPEG 2000 codestream is damaged: its blocks are not of the coder that it names."
            )
        steps = _steps(parts, component)
        bands = 3 * levels + 1
        sizes = {0: bands} if wavelet == 1 else {1: 2, 2: 2 * bands}  # T.800, A.6.4
        if not steps or sizes.get(steps[0] & 31) != len(steps) - 1:
            raise unreadable("A frame's JPEG 2000 codestream is damaged: its steps are not those of its wavelet.")


def _steps(parts: Parts, component: int) -> bytes:
    return parts.get((QCC, component), b"")[1:] or parts.get((QCD, 0), b"")


def _coded(steps: bytes) -> int:
    """Return the guard bits and the exponent of the lowest band, less one (T.800, equation E-2)."""
    return (steps[0] >> 5) + (steps[1] >> 3) - 1

"""Whether an element is a sequence, which its VR or the dictionary says."""

from typing import Final

from pydicom.datadict import dictionary_VR

UNDEFINED: Final = 0xFFFFFFFF  # of a length


def is_sequence(tag: int, vr: bytes | None, length: int) -> bool:
    """Tell whether an element is a sequence, as far as its VR (None if it is implicit) or the dictionary says."""
    if vr == b"SQ":
        return True
    if vr not in (None, b"UN"):
        return False
    if length == UNDEFINED:  # PS3.5 6.2.2
        return True
    try:
        return not tag >> 16 & 1 and dictionary_VR(tag) == "SQ"
    except KeyError:
        return False

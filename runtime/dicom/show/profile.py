"""The ICC profile that a file says its colours are in (PS3.3 C.11.15, of slides C.8.12.5): told, not applied."""

from typing import Any, Final

from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.texts import text

TAGS: Final = 128  # where a profile's table of tags begins (ICC.1, 7.3)
LONGEST: Final = 64  # characters
UNNAMED: Final = "unnamed"


def colour_profile(dataset: Any) -> str | None:
    """Return the name of the profile that a file's colours are in; None if it has none, or if that is sRGB."""
    with reading("The colour profile"):
        paths = dataset.get("OpticalPathSequence") or ()
        found = [(each.get("ICCProfile"), text(each.get("ColorSpace"))) for each in (dataset, *paths)]
        names = [_name(profile, space) for profile, space in found if profile]
        return next((name for name in names if "sRGB" not in name), None)


def _name(profile: Any, space: str) -> str:
    if space == "SRGB":
        return "sRGB"
    content = bytes(profile)
    count = int.from_bytes(content[TAGS : TAGS + 4], "big")
    for at in range(TAGS + 4, min(TAGS + 4 + 12 * count, len(content)), 12):
        if content[at : at + 4] == b"desc":
            start, length = (int.from_bytes(content[at + part : at + part + 4], "big") for part in (4, 8))
            return _described(content[start : start + length]) or UNNAMED
    return space or UNNAMED


def _described(tag: bytes) -> str:
    """Return the description of version 2 (`desc`, ASCII) or of version 4 (`mluc`, the first of its languages)."""
    if tag[:4] == b"mluc":
        length, start = (int.from_bytes(tag[at : at + 4], "big") for at in (20, 24))
        text = tag[start : start + length].decode("utf-16-be", "replace")
    else:
        text = tag[12 : 12 + int.from_bytes(tag[8:12], "big")].decode("latin-1")
    return "".join(each for each in text if each.isprintable()).strip()[:LONGEST]

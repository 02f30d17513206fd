"""The elements of a file's header, as people read them."""

from collections.abc import Iterator
from typing import Any, Final

from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.load import load_beginning

ELEMENTS_MOST: Final = 5000
DEPTH_MOST: Final = 8  # of sequences within sequences
LONGEST: Final = 512  # characters of a value
VALUES_MOST: Final = 64  # of an element with many
UNNAMED: Final = "Private tag data"  # pydicom's words for a private element that it does not know
BINARY: Final = {"OB", "OD", "OF", "OL", "OV", "OW", "UN"}
Tag = dict[str, Any]


def tags_of(content: bytes, size: int) -> tuple[list[Tag], bool] | None:
    """Return the elements of a header and whether there are more; None if more of the file is needed.

    Runs in a process of its own. Raises PermanentError (`input_unreadable`).
    """
    dataset = load_beginning(content, size)
    if dataset is None:
        return None
    found: list[Tag] = []
    with reading("The file's header"):
        for part in (dataset.file_meta, dataset):
            for tag in _elements(part, 0):
                if len(found) == ELEMENTS_MOST:
                    return found, True
                found.append(tag)
    return found, False


def _elements(dataset: Any, depth: int) -> Iterator[Tag]:
    for key in sorted(dataset.keys()):
        try:
            element = dataset[key]
        except Exception:  # pydicom converts an element when it is asked for: damage shows only here
            yield _row(key, depth, "", "", "UN", "", is_private=key.is_private)
            continue
        is_sequence = element.VR == "SQ"
        text = "" if is_sequence else _text(element)
        name = "" if element.name == UNNAMED else element.name.strip("[]")
        yield _row(key, depth, element.keyword, name, element.VR, text, is_private=key.is_private)
        if is_sequence and depth < DEPTH_MOST:
            for number, item in enumerate(element.value, 1):
                yield _row(key, depth + 1, "", "", "SQ", f"#{number}", is_private=key.is_private)
                yield from _elements(item, depth + 2)


def _row(key: Any, depth: int, keyword: str, name: str, vr: str, value: str, *, is_private: bool) -> Tag:
    tag = f"{key.group:04X},{key.element:04X}"
    return {
        "tag": tag, "depth": depth, "keyword": keyword, "name": name, "vr": vr, "value": value, "private": is_private,
    }  # fmt: skip


def _text(element: Any) -> str:
    value = element.value
    if value is None:
        return ""
    if element.VR in BINARY or isinstance(value, bytes):
        return f"{len(value)} bytes"
    many = value if element.VM > 1 else [value]
    text = "\\".join(str(each) for each in many[:VALUES_MOST])
    return text[:LONGEST] + "…" if len(text) > LONGEST or len(many) > VALUES_MOST else text

"""Where a frame's attributes are: in its own functional groups, in the shared ones, or in the file's header."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import is_stated


def levels_of(dataset: Any, count: int) -> Iterator[list[Any]]:
    """Yield, for each frame, the data sets that describe it, the nearest first (PS3.3 C.7.6.16).

    Raises PermanentError (`input_unreadable`) if some frames are described and others are not.
    """
    frames: Sequence[Any] = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    if frames and len(frames) != count:  # C.7.6.16: an item for each frame
        raise unreadable(f"The functional groups describe {len(frames)} frames, but the header says {count}.")
    shared = next(iter(dataset.get("SharedFunctionalGroupsSequence") or ()), None)
    for index in range(count):
        own = frames[index] if frames else None
        yield [level for level in (own, shared, dataset) if level is not None]


def find(levels: Iterable[Any], groups: Sequence[str], keyword: str) -> Any:
    """Return an attribute from the first level that has it, in one of the functional groups or by itself."""
    for level in levels:
        for group in groups:
            items = level.get(group)
            if items and is_stated(items[0].get(keyword)):
                return items[0].get(keyword)
        if is_stated(level.get(keyword)):
            return level.get(keyword)
    return None

"""Where a frame's attributes are: in its own functional groups, in the shared ones, or in the file's header."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import is_stated

SCALE: Final = "PixelValueTransformationSequence"


def levels_of(dataset: Any, count: int) -> Iterator[list[Any]]:
    """Yield, for each frame, the data sets that describe it, the nearest first (PS3.3 C.7.6.16).

    Raises PermanentError (`input_unreadable`) if some frames are described and others are not.
    """
    frames: Sequence[Any] = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    if frames and len(frames) != count:  # C.7.6.16: an item for each frame
        raise unreadable(f"The functional groups describe {len(frames)} frames, but the header says {count}.")
    common = dataset.get("SharedFunctionalGroupsSequence") or ()
    if len(common) > 1:
        raise unreadable(f"The file has {len(common)} items of shared functional groups instead of one.")
    shared = next(iter(common), None)
    if 0 < sum(bool(each.get(SCALE)) for each in frames) < count and not (shared and shared.get(SCALE)):
        # C.7.6.16.1.2: a group is that of all frames. What the file says by itself is none of an enhanced image's.
        raise unreadable(f"Only some of the file's frames have a {SCALE}: the scale of the others is not known.")
    for index in range(count):
        own = frames[index] if frames else None
        yield [level for level in (own, shared, dataset) if level is not None]


def find(levels: Iterable[Any], groups: Sequence[str], keyword: str) -> Any:
    """Return an attribute from the first level that has it, in one of the functional groups or by itself.

    Raises PermanentError (`input_unreadable`) for a group of several items.
    """
    return next((found for _, found in found_in(levels, groups, keyword)), None)


def found_in(levels: Iterable[Any], groups: Sequence[str], keyword: str) -> Iterator[tuple[int, Any]]:
    """Yield the values of an attribute, each with the place of the level that states it. Raises as `find` does."""
    for place, level in enumerate(levels):
        for group in groups:
            items = level.get(group)
            if items and len(items) > 1:  # PS3.3 C.7.6.16.2: which of them is meant, nothing says
                raise unreadable(f"A frame's {group} has {len(items)} items instead of one.")
            if items and is_stated(items[0].get(keyword)):
                yield place, items[0].get(keyword)
        if is_stated(level.get(keyword)):
            yield place, level.get(keyword)


def check_together(levels: Sequence[Any], groups: Sequence[str], keywords: Sequence[str]) -> None:
    """Refuse attributes that belong together and of which each level states some: of what, nothing says.

    PS3.3 C.7.6.16: a functional group is the frame's own or a shared one, never both.
    """
    places = {next((place for place, _ in found_in(levels, groups, keyword)), None) for keyword in keywords}
    if len(places - {None}) > 1:
        raise unreadable(f"The file states {', '.join(keywords)} of a frame in different functional groups.")

"""How strongly and in which direction an image is weighted by diffusion, where vendors say so in elements of their own.

The standard's attributes (PS3.3 C.8.13.5.9) are younger than the method.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from runtime.dicom.parse.numbers import floats

# GE adds it to some b-values (rordenlab/dcm2niix, issue 602).
BIAS: Final = 1_000_000_000


class Source(NamedTuple):
    """Elements of one vendor: the creator of their block, its group, and their numbers within it."""

    creator: str
    group: int
    elements: tuple[int, ...]


B_VALUES: Final = (
    Source("SIEMENS MR HEADER", 0x0019, (0x0C,)),
    Source("GEMS_PARM_01", 0x0043, (0x39,)),
    Source("Philips Imaging DD 001", 0x2001, (0x03,)),
)
DIRECTIONS: Final = (
    Source("SIEMENS MR HEADER", 0x0019, (0x0E,)),
    Source("GEMS_ACQU_01", 0x0019, (0xBB, 0xBC, 0xBD)),
    Source("Philips MR Imaging DD 001", 0x2005, (0xB0, 0xB1, 0xB2)),
)
GROUPS: Final = {source.group for source in (*B_VALUES, *DIRECTIONS)}


def private_diffusion(dataset: Any) -> dict[str, str]:
    """Return those of the b-value (s/mm2) and the direction that a vendor's elements state, by the standard's names."""
    found: dict[str, str] = {}
    if GROUPS.isdisjoint(tag >> 16 for tag in dataset.keys()):  # noqa: SIM118 - its iterator yields elements
        return found
    value = next(iter(_first(dataset, B_VALUES) or ()), None)
    if value is not None and value >= 0:
        found["DiffusionBValue"] = f"{value % BIAS:g}"
    direction = _first(dataset, DIRECTIONS, lambda many: len(many) == 3)
    if direction:
        found["DiffusionGradientOrientation"] = "\\".join(f"{each + 0.0:.6g}" for each in direction)
    return found


def _first(
    dataset: Any, sources: Sequence[Source], suits: Callable[[Sequence[float]], bool] = bool
) -> Sequence[float] | None:
    for source in sources:
        numbers = _numbers(dataset, source)
        if suits(numbers):
            return numbers
    return None


def _numbers(dataset: Any, source: Source) -> Sequence[float]:
    try:
        block = dataset.private_block(source.group, source.creator)
        stated = [floats(block[element].value) for element in source.elements]
    except Exception:  # there is no such block, or what is in it is damaged: it says nothing
        return ()
    return [each for some in stated for each in some or ()]

"""The classes of frames that have slopes and windows of their own, and palettes in segments."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np

from bench.matrix.case import Build, Case
from bench.matrix.places import item
from bench.matrix.tables import line, of, painted
from bench.matrix.truth import levels

SLOPES: Final = ((1.0, -1024.0), (0.5, 10.0), (2.25, 0.0))
WINDOWS: Final = ((40.0, 400.0), (100.0, 2.0), (-200.0, 77.0))


def own() -> Iterator[Case]:
    """Yield three frames of which each has its slope, or its window, in its functional group (PS3.3 C.7.6.16)."""
    for name, case in of("frames' own"):
        three = replace(case, frames=3)
        slopes: dict[str, Build] = {"PerFrameFunctionalGroupsSequence": _sloped}
        yield replace(
            three,
            name=f"{name}, a slope each",
            header=slopes,
            meanings=tuple(partial(line, slope=a, intercept=b, bits=16) for a, b in SLOPES),
        )
        for function in ("LINEAR", "LINEAR_EXACT"):
            windows: dict[str, Build] = {"PerFrameFunctionalGroupsSequence": partial(_windowed, function)}
            yield replace(
                three,
                name=f"{name}, a {function} window each",
                header=windows,
                greys=tuple(partial(levels, centre=c, width=w, function=function) for c, w in WINDOWS),
            )


def _sloped() -> list[Any]:
    return [
        item(PixelValueTransformationSequence=[item(RescaleSlope=str(a), RescaleIntercept=str(b), RescaleType="US")])
        for a, b in SLOPES
    ]


def _windowed(function: str) -> list[Any]:
    return [
        item(FrameVOILUTSequence=[item(WindowCenter=str(c), WindowWidth=str(w), VOILUTFunction=function)])
        for c, w in WINDOWS
    ]


def segmented() -> Iterator[Case]:
    """Yield palettes in discrete, linear and indirect segments (PS3.3 C.7.9.2)."""
    for stored in (8, 12):
        for bits in (8, 16):
            for kind in ("discrete", "linear", "indirect"):
                tables, header = [], dict[str, Build]()
                for turn, colour in enumerate(("Red", "Green", "Blue")):
                    table, words = _segments(kind, bits, turn)
                    tables.append(table)
                    header[f"{colour}PaletteColorLookupTableDescriptor"] = partial(list, (len(table), 3, bits))
                    header[f"Segmented{colour}PaletteColorLookupTableData"] = partial(_packed, words, bits)
                yield Case(
                    group="palette",
                    name=f"{stored} bits, palette of {bits} bits in {kind} segments",
                    photometric="PALETTE COLOR",
                    allocated=8 if stored == 8 else 16,
                    stored=stored,
                    header=header,
                    meaning=partial(painted, first=3, tables=tables, bits=bits),
                )


def _segments(kind: str, bits: int, turn: int) -> tuple[list[int], list[int]]:
    """Return a table's entries and the units that stand for them; a linear segment's steps are whole numbers."""
    most = (1 << bits) - 1
    start = [most, most // 3, turn]
    entries, words = list(start), [0, len(start), *start]
    if kind == "discrete":
        return entries, words
    step = (most - turn) // 50
    entries += [turn + step * at for at in range(1, 51)]
    words += [1, 50, turn + step * 50]
    if kind == "indirect":  # both segments again, from the table's beginning
        low, high = (0, 0, 0, 0), (0, 0)
        words += [2, 2, *(low if bits == 8 else high)]
        entries += list(entries)
    return entries, words


def _packed(units: Sequence[int], bits: int) -> bytes:
    content = np.array(units, "u1" if bits == 8 else "<u2").tobytes()
    return content + b"\0" * (len(content) % 2)

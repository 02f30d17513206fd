"""The classes of modality and VOI tables, windows and palettes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
from pydicom.dataset import Dataset

from bench.matrix.case import Build, Case
from bench.matrix.truth import entries, levels

STORED: Final = ((8, 8, False), (16, 12, False), (16, 12, True), (16, 16, True))
RESCALES: Final = ((1, -1024), (1, 0.5), (2, 0), (0.5, -3), (-1, 100), (2.5, 0.25), (0.001, 0))
# None of which puts a value halfway between two grey levels: the standard does not say how these are rounded.
WINDOWS: Final = ((40.0, 400.0), (127.5, 255.0), (100.0, 1.0), (100.0, 2.0), (0.5, 998.0), (-200.0, 77.0))


def of(group: str) -> Iterator[tuple[str, Case]]:
    """Yield the layouts of stored values that tables are tried on."""
    for allocated, stored, signed in STORED:
        name = f"{stored} bits {'signed' if signed else 'unsigned'}"
        yield name, Case(group=group, name=name, allocated=allocated, stored=stored, signed=signed)


def modality() -> Iterator[Case]:
    """Yield slopes with intercepts, and modality tables."""
    for name, case in of("modality"):
        for slope, intercept in RESCALES:
            header: dict[str, Build] = {
                "RescaleSlope": partial(str, slope),
                "RescaleIntercept": partial(str, intercept),
                "RescaleType": lambda: "US",
            }
            meaning = partial(line, slope=slope, intercept=intercept, bits=case.stored)
            yield replace(case, name=f"{name}, {slope} x + {intercept}", header=header, meaning=meaning)
        for bits, count in ((8, 200), (12, 300), (16, 1000)):
            first = -50 if case.signed else 20
            table = _table(bits, count)
            header = {"ModalityLUTSequence": partial(_sequence, first, bits, table, signed=case.signed)}
            meaning = partial(entries, first=first, table=table)
            yield replace(case, name=f"{name}, table of {count} x {bits} bits", header=header, meaning=meaning)


def voi() -> Iterator[Case]:
    """Yield windows, their functions and VOI tables, shown either way."""
    for name, case in of("voi"):
        for inverse in (False, True):
            shown = f"{name}, {'MONOCHROME1' if inverse else 'MONOCHROME2'}"
            base = replace(case, photometric="MONOCHROME1" if inverse else "MONOCHROME2")
            for function in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
                for centre, width in WINDOWS:
                    header: dict[str, Build] = {
                        "WindowCenter": partial(str, centre),
                        "WindowWidth": partial(str, width),
                        "VOILUTFunction": partial(str, function),
                    }
                    grey = partial(levels, centre=centre, width=width, function=function)
                    title = f"{shown}, {function} {centre:g} / {width:g}"
                    yield replace(base, name=title, header=header, grey=_turned(grey, inverse))
            for bits, count in ((8, 200), (12, 300), (16, 1000)):
                first = -50 if case.signed else 20
                table = _table(bits, count)
                header = {"VOILUTSequence": partial(_sequence, first, bits, table, signed=case.signed)}
                grey = partial(_scaled, first=first, table=table, bits=bits)
                title = f"{shown}, VOI table of {count} x {bits} bits"
                yield replace(base, name=title, header=header, grey=_turned(grey, inverse))


def palettes() -> Iterator[Case]:
    """Yield palettes of 8 and 16 bits, whole and segmented, that begin at 0 or later."""
    for stored in (8, 12, 16):
        for bits in (8, 16):
            for first, count in ((0, 256), (10, 100), (0, 200)):
                tables = [_table(bits, count, colour) for colour in range(3)]
                header = _palette(tables, first, bits)
                name = f"{stored} bits, palette of {count} x {bits} bits from {first}"
                case = Case(group="palette", name=name, photometric="PALETTE COLOR", header=header)
                meaning = partial(painted, first=first, tables=tables, bits=bits)
                for frames in (1, 2):
                    yield replace(
                        case,
                        name=f"{name}, {frames} frame(s)",
                        allocated=8 if stored == 8 else 16,
                        stored=stored,
                        frames=frames,
                        meaning=meaning,
                    )


def supplemental() -> Iterator[Case]:
    """Yield grey images whose upper values are colours, in a window or by a slope and a window."""
    for stored, first, count in ((8, 200, 40), (12, 3000, 1000), (16, 40000, 256)):
        for bits in (8, 16):
            tables = [_table(bits, count, colour) for colour in range(3)]
            for slope, intercept in ((1, 0), (2, -100)):
                header: dict[str, Build] = {
                    "PixelPresentation": lambda: "MIXED",
                    "WindowCenter": lambda: "100",
                    "WindowWidth": lambda: "200",
                    "RescaleSlope": partial(str, slope),
                    "RescaleIntercept": partial(str, intercept),
                    "RescaleType": lambda: "US",
                }
                header |= _palette(tables, first, bits)
                yield Case(
                    group="palette",
                    name=f"{stored} bits, supplemental palette of {count} x {bits} bits from {first}, {slope} x",
                    allocated=8 if stored == 8 else 16,
                    stored=stored,
                    header=header,
                    meaning=partial(_mixed, first=first, tables=tables, bits=bits, slope=slope, intercept=intercept),
                )


def _mixed(values: Any, first: int, tables: Sequence[Sequence[int]], bits: int, slope: int, intercept: int) -> Any:
    """Return grey levels below the palette's first value, colours from it on (PS3.3 C.7.6.19)."""
    grey = levels(line(values, slope, intercept, 16), 100, 200, "LINEAR")
    return np.where((values >= first)[..., np.newaxis], painted(values, first, tables, bits), grey[..., np.newaxis])


def _palette(tables: Sequence[Sequence[int]], first: int, bits: int) -> dict[str, Build]:
    header: dict[str, Build] = {}
    for colour, table in zip(("Red", "Green", "Blue"), tables, strict=True):
        header[f"{colour}PaletteColorLookupTableDescriptor"] = partial(list, (len(table), first, bits))
        header[f"{colour}PaletteColorLookupTableData"] = partial(_data, table, bits)
    return header


def line(values: Any, slope: float, intercept: float, bits: int) -> Any:
    """Return the values of stored values (PS3.3 C.11.1.1.2), in single precision of 16 bits, else in double."""
    found = values.astype(np.longdouble) * np.longdouble(slope) + np.longdouble(intercept)
    return found if slope == 1 and float(intercept).is_integer() else found.astype(np.float32 if bits <= 16 else float)


def _table(bits: int, count: int, turn: int = 0) -> list[int]:
    """Return entries up and down over the whole range of their bits."""
    most = (1 << bits) - 1
    ramp = np.roll(np.linspace(0, most, count).astype(int), turn * count // 3)
    return [int(entry) for entry in ramp]


def _data(table: Sequence[int], bits: int) -> bytes:
    content = np.array(table, "<u2" if bits > 8 else "u1").tobytes()
    return content + b"\0" * (len(content) % 2)


def _sequence(first: int, bits: int, table: Sequence[int], *, signed: bool) -> list[Dataset]:
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if signed else "US", [len(table), first, bits])
    item.add_new("LUTData", "OW", _data(table, bits))
    item.ModalityLUTType = "US"
    return [item]


def _scaled(values: Any, first: int, table: Sequence[int], bits: int) -> Any:
    return np.rint(entries(values, first, table) * 255 / ((1 << bits) - 1)).astype(np.uint8)


def painted(values: Any, first: int, tables: Sequence[Sequence[int]], bits: int) -> Any:
    """Return the colours of stored values (PS3.3 C.7.6.3.1.5), the upper 8 bits of each entry."""
    return np.stack([entries(values, first, table) // (1 << (bits - 8)) for table in tables], axis=-1)


def _turned(grey: Callable[[Any], Any], inverse: bool) -> Callable[[Any], Any]:
    return (lambda values: 255 - grey(values)) if inverse else grey

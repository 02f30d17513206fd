"""Small images in every code."""

import io
import itertools
from dataclasses import replace
from typing import Any, Final, NamedTuple

import numpy as np
from PIL import Image

from bench.matrix.case import Case
from bench.matrix.pictures import cells_of
from bench.matrix.syntaxes import DECODED, Syntax, takes

KINDS: Final = (
    Case(group="bits", name="8 bits"),
    Case(group="bits", name="12 bits", allocated=16, stored=12),
    Case(group="bits", name="16 bits", allocated=16, stored=16, signed=True),
    Case(group="colours", name="RGB", photometric="RGB"),
    Case(group="colours", name="YBR_FULL", photometric="YBR_FULL"),
    Case(group="colours", name="YBR_FULL_422", photometric="YBR_FULL_422", code={"subsampling": "422"}),
)


class Coded(NamedTuple):
    """An image in a code."""

    name: str
    syntax: Syntax
    case: Case
    stream: bytes


def _coded() -> list[Coded]:
    found: list[Coded] = []
    for syntax in DECODED:
        for case in KINDS:
            if syntax.encode is not None and takes(syntax, case):
                (cells,) = cells_of(case)
                narrow = cells.astype(np.uint8) if syntax.family != "rle" and case.precision <= 8 else cells
                found.append(Coded(f"{syntax.name}, {case.name}", syntax, case, syntax.encode(case, narrow)))
    return found + _further({each.name: each for each in DECODED})


def _further(syntaxes: dict[str, Syntax]) -> list[Coded]:
    """Return what the encoders of the matrix do not make: restart intervals, progressive scans, tiles, boxes."""
    import imagecodecs

    codecs: Any = imagecodecs
    grey, rgb = KINDS[0], KINDS[3]
    pictures = {case.name: cells_of(case)[0] for case in (grey, rgb)}
    baseline, j2k, xl = syntaxes["JPEG Baseline"], syntaxes["JPEG 2000 Lossless"], syntaxes["JPEG XL Lossless"]
    found: list[Coded] = []
    for case, options in itertools.product((grey, rgb), ({"restart_marker_rows": 1}, {"progressive": True})):
        file = io.BytesIO()
        Image.fromarray(pictures[case.name]).save(file, "JPEG", quality=95, subsampling=0, **options)
        kind = replace(case, photometric="YBR_FULL") if case is rgb else case
        found.append(Coded(f"JPEG, {next(iter(options))}, {case.name}", baseline, kind, file.getvalue()))
    for options in ({"tile_size": (16, 16)}, {"quality_layers": [4, 2, 0]}, {"num_resolutions": 3}):
        file = io.BytesIO()
        Image.fromarray(pictures[grey.name]).save(file, "JPEG2000", no_jp2=True, irreversible=False, **options)
        found.append(Coded(f"JPEG 2000, {next(iter(options))}", j2k, grey, file.getvalue()))
    boxed = codecs.jpegxl_encode(pictures[grey.name], lossless=True, effort=1, usecontainer=True)
    return [*found, Coded("JPEG XL in boxes", xl, grey, bytes(boxed))]


CODED: Final = {each.name: each for each in _coded()}

"""Cells of pixels to encode: the same in every run."""

from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bench.matrix.case import Case

Cells = NDArray[Any]


def cells_of(case: Case) -> list[Cells]:
    """Return the frames' cells, unsigned and of shape (M, N) or (M, N, 3); floating values as they are."""
    seed = np.random.default_rng(crc32(f"{case.group} {case.name}".encode()))
    shape = (case.rows, case.columns) + ((3,) if case.samples == 3 else ())
    if case.floating:
        return [seed.normal(0, 1e4, shape).astype(f"f{case.allocated // 8}") for _ in range(case.frames)]
    return [_cells(case, shape, seed) for _ in range(case.frames)]


def _cells(case: Case, shape: tuple[int, ...], seed: np.random.Generator) -> Cells:
    kind = f"u{max(1, case.allocated // 8)}"
    values = _random(case.stored, shape, seed)
    if case.photometric == "YBR_FULL_422":
        values[:, 1::2, 1:] = values[:, ::2, 1:]  # two pixels share their chrominance
    raised = values << np.uint64(case.top + 1 - case.stored)
    if case.unused:
        mask = ((1 << case.stored) - 1) << (case.top + 1 - case.stored)
        raised |= _random(case.allocated, shape, seed) & ~np.uint64(mask)
    return (raised & np.uint64((1 << case.allocated) - 1)).astype(kind)


def _random(bits: int, shape: tuple[int, ...], seed: np.random.Generator) -> NDArray[np.uint64]:
    found = seed.integers(0, 1 << bits, shape, np.uint64, endpoint=False)
    found.ravel()[:4] = 0, (1 << bits) - 1, 1 << (bits - 1), (1 << (bits - 1)) - 1  # the ends, signed or not
    return found

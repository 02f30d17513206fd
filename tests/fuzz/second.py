"""What the product and a second decoder make of a codestream, each in a process of its own: both may crash."""

import multiprocessing
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.matrix import truth
from bench.matrix.seconds import codecs, jpeg
from bench.matrix.syntaxes import DECODED
from runtime.dicom import read_image
from runtime.errors import PermanentError
from tests.fuzz.codestreams import Damaged
from tests.fuzz.test_worker import SECONDS, settle

Shown = NDArray[Any] | str  # or why there is nothing to show


class Apart:
    """A process that runs functions, a new one if it died."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def run(self, function: Callable[..., Shown], *args: Any) -> Shown:
        """Return what a function returns, or "crashed"."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), settle)
        try:
            return self._pool.submit(function, *args).result(SECONDS)
        except BrokenProcessPool:
            self.close()
            return "crashed"

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def by_the_product(content: bytes) -> Shown:
    """Return the values that an algorithm would get of a file, or the sentence of a refusal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.dcm"
        path.write_bytes(content)
        try:
            return read_image([path]).pixels[0]
        except PermanentError as error:
            return error.message


def by_another(name: str, damaged: Damaged) -> Shown:
    """Return the values that another decoder makes of a codestream of a transfer syntax, or why it does not."""
    syntax = next(each for each in DECODED if each.name == name)
    case, stream = damaged.case, damaged.stream
    try:
        if syntax.second is None:
            return "no other decoder"
        if syntax.name.endswith("Recompression"):
            samples = jpeg(case, codecs.jpegxl_decode_jpeg(stream))
        elif syntax.family == "jpeg lossless":
            samples = _lossless(syntax.second, damaged)
        else:
            samples = syntax.second(case, stream)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    cells = (samples & ((1 << case.precision) - 1)).astype(f"u{max(1, case.allocated // 8)}")
    return truth.colours(truth.bits(cells, case), case)


def _lossless(second: Callable[..., Any], damaged: Damaged) -> Any:
    """Return the samples by liblj92, or by jpegsof3, which takes what the first one does not know."""
    try:
        return second(damaged.case, damaged.stream)
    except Exception:
        return np.asarray(codecs.jpegsof3_decode(damaged.stream)).astype(np.int64)

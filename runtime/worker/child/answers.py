"""Answers computations in the child: decodes the inputs, runs the algorithm and writes its files."""

import contextlib
import gc
import os
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from algorithms.declaration import Needs
from algorithms.image import Image
from algorithms.parameters import bind
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.progress import set_reporter
from runtime.errors import PermanentError
from runtime.worker.child.failures import failure_of, is_memory, one_line
from runtime.worker.child.messages import Bound, Computation, Done, Progress, Reply
from runtime.worker.child.say import say
from runtime.worker.jobs.held_job import now_ms

PROGRESS_SECONDS = 0.2
KEPT_BYTES = 32 << 20  # an input no larger than this is kept decoded for the next computation


class Child:
    """Answers computations in the calling process. What it says beside its answer goes to `connection`."""

    def __init__(self, connection: Connection, run: Any, needs: Needs) -> None:
        self._connection = connection
        self._run = run
        self._needs: Needs = needs
        self._last: tuple[tuple[tuple[Path, ...], str | None], Image] | None = None
        self._reported = 0.0
        self._of = ""
        self._process = os.getpid()

    def answer(self, computation: Computation) -> Reply:
        """Return what came of a computation; it never raises."""
        try:
            return self._answer(computation)
        except BaseException as error:  # also SystemExit: the child goes on, the job has failed
            self._end_copy(error)
            return failure_of(error)
        finally:
            set_reporter(None)
            # What the algorithm left in reference cycles would count against the next job's memory.
            if time.monotonic() - self._reported > 0:
                gc.collect(0)

    def _answer(self, computation: Computation) -> Reply:
        from runtime.worker.child.ports.gather import gather
        from runtime.worker.child.ports.geometry import source_of

        _keep_temporary_files_in(computation.folder / "tmp")
        parameters = bind(self._run, computation.parameters)
        self._of = computation.name
        say(self._connection, Bound(parameters), self._of)
        source = self.image(computation.paths, computation.volume)
        arguments, used, others = gather(inputs_of(self._run), computation.inputs, self._needs, source)
        irregular = [source.source["Irregularity"]] if "Irregularity" in source.source else []
        identity = source_of(source)  # before the algorithm, which may work in place
        set_reporter(self._report)
        returned = self._run(source, **arguments, **parameters)
        self._end_copy()
        set_reporter(None)
        computed_at = now_ms()
        try:
            done = self._write(returned, source, arguments, computation)
        except (ValueError, TypeError, RuntimeError, AttributeError, LookupError, ArithmeticError) as error:
            if is_memory(error):
                raise
            raise PermanentError(
                "invalid_result", f"The algorithm's result cannot be written: {one_line(str(error))}"
            ) from error
        missing = (*irregular, *others, *done.missing)
        return replace(done, missing=missing, computed_at=computed_at, used=tuple(used), source=identity)

    def _end_copy(self, error: BaseException | None = None) -> None:
        """End the calling process if the algorithm forked it and let it go on: one process answers for a job."""
        if os.getpid() == self._process:
            return
        with contextlib.suppress(BaseException):
            if error is not None:
                traceback.print_exception(error)
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(error is not None)  # pyright: ignore[reportPrivateUsage] - without what belongs to the first process

    def _write(self, returned: object, source: Image, arguments: dict[str, Any], computation: Computation) -> Done:
        from runtime.worker.child.check import checked
        from runtime.worker.child.files.encode import write
        from runtime.worker.child.files.scale import display_of
        from runtime.worker.child.ports.give import give

        outputs = outputs_of(self._run)
        if outputs is None:
            image, result, measurements = checked(returned, source)
            display, products = None, ()
            if image is not None:
                display = display_of(image, result.window, source)
                products = write(image, display, source, computation.kinds, computation.folder)
            return Done(products, measurements, result.missing, 0, display)
        grids = {"image": source, **{name: each for name, each in arguments.items() if isinstance(each, Image)}}
        given = give(returned, outputs, grids, computation.kinds, computation.folder)
        products, missing = tuple(given.products), tuple(given.missing)
        return Done(products, given.measurements, missing, 0, given.display, tuple(given.ports))

    def image(self, paths: tuple[Path, ...], volume: str | None = None) -> Image:
        """Return the input, which the algorithm may change."""
        from runtime.dicom import read_image

        if self._last is not None and self._last[0] == (paths, volume):
            return _copy(self._last[1])
        self._last = None
        image = read_image(paths, self._needs, volume)
        if image.pixels.nbytes > KEPT_BYTES:
            return image
        self._last = ((paths, volume), image)
        return _copy(image)

    def _report(self, fraction: float) -> None:
        if time.monotonic() - self._reported >= PROGRESS_SECONDS:
            self._reported = time.monotonic()
            say(self._connection, Progress(fraction), self._of)


def _keep_temporary_files_in(folder: Path) -> None:
    """Let what the algorithm leaves in temporary files go with its job, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)


def _copy(image: Image) -> Image:
    # An algorithm may work in place.
    return replace(image, pixels=image.pixels.copy(), source=dict(image.source))

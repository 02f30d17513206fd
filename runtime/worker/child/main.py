"""The process that may die: decodes, runs the algorithm and writes its files, one computation after another."""

import contextlib
import gc
import os
import re
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from algorithms.declaration import Needs
from algorithms.errors import InvalidParameters, UnsupportedInput
from algorithms.image import Image
from algorithms.parameters import bind
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.progress import set_reporter
from runtime import linux
from runtime.errors import NO_ROOM, PermanentError
from runtime.worker.child import isolation, messages, preload
from runtime.worker.child.messages import (
    LONGEST_MESSAGE,
    LONGEST_TRACE,
    Bound,
    Broken,
    Computation,
    Declaration,
    Done,
    Envelope,
    Failed,
    NoRoom,
    Progress,
    Ready,
    Reply,
)
from runtime.worker.child.preload import Import
from runtime.worker.child.preparation import PreparationError, job_bytes, made
from runtime.worker.jobs.held_job import now_ms

# What every child needs, whatever its algorithm; imported late, so that the worker itself does without.
NUMERIC = [
    Import(module)
    for module in (
        "numpy",
        "algorithms.values",
        "runtime.dicom",
        "runtime.worker.child.check",
        "runtime.worker.child.encode",
        "runtime.worker.child.ports.gather",
        "runtime.worker.child.ports.give",
    )
]
PROGRESS_SECONDS = 0.2
KEPT_BYTES = 32 << 20  # an input no larger than this is kept decoded for the next computation
PATH = re.compile(r"(?<![\w.])/(?:[\w.+-]+/)+[\w.+-]*")
ALLOCATION = re.compile(r"bad.?alloc|(failed|unable) to allocate|insufficient memory|out of memory", re.IGNORECASE)


def serve(connection: Connection, algorithm: str, parent: int) -> None:
    """Take computations from `connection` until it is closed."""
    try:
        registered = preload.registered(algorithm)
        preload.perform(NUMERIC)
        memory_bytes = job_bytes(registered.algorithm)
    except PreparationError as error:
        _say(connection, Broken(_whole(str(error))))
        return
    except Exception as error:
        _say(connection, Broken(_whole(f"{type(error).__name__}: {error}")))
        return
    declared = registered.algorithm
    in_task = os.environ.get(preload.WORKER_VARIABLE) == "1"  # the first process of a container
    isolation.isolate(parent, memory_bytes, sole_user=in_task)
    worker = Child(connection, declared.run, declared.needs)
    declaration = Declaration(declared.name, registered.label, declared.scopes, declared.resources)
    _say(connection, Ready(declaration, made(declared)))
    while True:
        try:
            computation: Computation = connection.recv()
        except (EOFError, OSError):
            return
        reply = worker.answer(computation)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):  # the algorithm may have closed or replaced it
                stream.flush()
        _say(connection, reply)


class Child:
    """Answers computations in the calling process. What it says beside its answer goes to `connection`."""

    def __init__(self, connection: Connection, run: Any, needs: Needs) -> None:
        self._connection = connection
        self._run = run
        self._needs: Needs = needs
        self._last: tuple[tuple[Path, ...], Image] | None = None
        self._reported = 0.0

    def answer(self, computation: Computation) -> Reply:
        """Return what came of a computation; it never raises."""
        try:
            return self._answer(computation)
        except PermanentError as error:
            return Failed(error.code, error.message[:LONGEST_MESSAGE])
        except UnsupportedInput as error:
            return Failed("input_unsupported", one_line(str(error)) or "The algorithm cannot take this input.")
        except InvalidParameters as error:
            return Failed("invalid_parameters", f"The parameters do not fit: {error}."[:LONGEST_MESSAGE])
        except BaseException as error:  # also SystemExit: the child goes on, the job has failed
            if _is_memory(error):
                return Failed("out_of_memory", "The algorithm needed more memory than it declares.")
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                return NoRoom(f"{os.strerror(error.errno)} while the job was computed")
            reason = one_line(str(error))
            trace = _whole("".join(traceback.format_exception(error, chain=False)))[-LONGEST_TRACE:]
            return Failed(
                "algorithm_failed", f"The algorithm raised {type(error).__name__}{reason and ': ' + reason}", trace
            )
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
        _say(self._connection, Bound(parameters))
        source = self.image(computation.paths)
        arguments, used, others = gather(inputs_of(self._run), computation.inputs, self._needs, source)
        irregular = [source.source["Irregularity"]] if "Irregularity" in source.source else []
        identity = source_of(source)  # before the algorithm, which may work in place
        set_reporter(self._report)
        returned = self._run(source, **arguments, **parameters)
        set_reporter(None)
        computed_at = now_ms()
        try:
            done = self._write(returned, source, arguments, computation)
        except (ValueError, TypeError, RuntimeError) as error:
            if _is_memory(error):
                raise
            raise PermanentError(
                "invalid_result", f"The algorithm's result cannot be written: {one_line(str(error))}"
            ) from error
        missing = (*irregular, *others, *done.missing)
        return replace(done, missing=missing, computed_at=computed_at, used=tuple(used), source=identity)

    def _write(self, returned: object, source: Image, arguments: dict[str, Any], computation: Computation) -> Done:
        from runtime.worker.child.check import checked
        from runtime.worker.child.encode import write
        from runtime.worker.child.ports.give import give
        from runtime.worker.child.scale import display_of

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

    def image(self, paths: tuple[Path, ...]) -> Image:
        """Return the input, which the algorithm may change."""
        from runtime.dicom import read_image

        if self._last is not None and self._last[0] == paths:
            return _copy(self._last[1])
        self._last = None
        image = read_image(paths, self._needs)
        if image.pixels.nbytes > KEPT_BYTES:
            return image
        self._last = (paths, image)
        return _copy(image)

    def _report(self, fraction: float) -> None:
        if time.monotonic() - self._reported >= PROGRESS_SECONDS:
            self._reported = time.monotonic()
            _say(self._connection, Progress(fraction))


def _keep_temporary_files_in(folder: Path) -> None:
    """Let what the algorithm leaves in temporary files go with its job, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)


def _say(connection: Connection, reply: Reply) -> None:
    try:
        content = messages.encode(Envelope(reply, linux.allocated_bytes()))
    except ValueError:  # half a character, for example, which no text in JSON can hold
        content = messages.encode(Envelope(_invalid("text that is not Unicode"), linux.allocated_bytes()))
    if len(content) > messages.MOST_BYTES:
        reply = _invalid(f"{len(content) >> 20} MiB beside its image")
        content = messages.encode(Envelope(reply, linux.allocated_bytes()))
    connection.send_bytes(content)


def _invalid(what: str) -> Failed:
    return Failed("invalid_result", f"The algorithm returned {what}.")


def one_line(text: str) -> str:
    """Return the first line of an error's text, without the machine's paths and not too long."""
    first = next(iter(_whole(text).strip().splitlines()), "")
    return PATH.sub("(path)", first.strip())[:LONGEST_MESSAGE]


def _whole(text: str) -> str:
    # Names of files may hold bytes that are no characters.
    return text.encode(errors="replace").decode()


def _copy(image: Image) -> Image:
    # An algorithm may work in place.
    return replace(image, pixels=image.pixels.copy(), source=dict(image.source))


def _is_memory(error: BaseException) -> bool:
    # SimpleITK and OpenCV report a failed allocation as an error of their own.
    return isinstance(error, MemoryError) or bool(ALLOCATION.search(str(error)))

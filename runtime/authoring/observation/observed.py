"""What an algorithm's function does beside returning its result, seen from around it."""

import contextlib
import functools
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from algorithms.image import Image
from runtime import procfs
from runtime.authoring.observation import digests, generators
from runtime.authoring.observation.reach import Reach, watched
from runtime.authoring.trials.surroundings import changes, surroundings
from runtime.worker.child.failures import text_of


@dataclass(slots=True)
class Observation:
    """What was seen of one or more calls of a function.

    Parameters
    ----------
    given : the image that it was called with, in words.
    seconds : how long its last call took.
    returned : what its last call returned.
    digests : of what each call returned; equal digests are equal results.
    wrote_pixels, wrote_source : whether it changed an image that it was given.
    threads, processes : Python threads and processes that it left behind.
    changed : what else of the process is not as it was, in words.
    reach : what it wrote and called outside of its process.
    generators : the states of the shared generators of random numbers after each call, if there are several.
    raised, said : the name of the class of what it raised, and its text.
    where : the file and line of the author's where that was raised.
    trace : the whole traceback of what it raised, from the function's own frame on.
    """

    given: str = ""
    seconds: float = 0.0
    returned: Any = None
    digests: list[bytes] = field(default_factory=list[bytes])
    wrote_pixels: bool = False
    wrote_source: bool = False
    threads: tuple[str, ...] = ()
    processes: int = 0
    changed: tuple[str, ...] = ()
    reach: Reach = field(default_factory=Reach)
    generators: list[dict[str, bytes]] = field(default_factory=list[dict[str, bytes]])
    raised: str = ""
    said: str = ""
    where: str = ""
    trace: str = ""


def observed(run: Callable[..., Any], seen: Observation, times: int = 1) -> Callable[..., Any]:
    """Return a function that does what `run` does, with its signature, and notes what it sees.

    If it is called several `times`, the shared generators of random numbers begin each call in another state.
    """

    @functools.wraps(run)
    def wrapper(image: Image, **parameters: Any) -> Any:
        seen.given = described(image)
        images = [image, *_images(parameters.values())]
        before = [(digests.of_pixels(each.pixels), dict(each.source)) for each in images]
        threads, around = set(threading.enumerate()), surroundings()
        if times > 1:
            generators.begin(len(seen.generators))
        started = time.perf_counter()
        try:
            with watched(run.__code__.co_filename, seen.reach):
                returned = run(image, **parameters)
        except BaseException as error:
            seen.raised = type(error).__name__
            seen.said = text_of(error).strip()
            seen.where = _where(error, run.__code__.co_filename)
            seen.trace = "".join(traceback.format_exception(_without_this_frame(error)))
            raise
        finally:
            seen.seconds = time.perf_counter() - started
            if times > 1:
                seen.generators.append(generators.states())
            for each, (pixels, source) in zip(images, before, strict=True):
                seen.wrote_pixels |= digests.of_pixels(each.pixels) != pixels
                seen.wrote_source |= dict(each.source) != source
            seen.threads = tuple(each.name for each in threading.enumerate() if each not in threads)
            seen.changed = tuple(dict.fromkeys((*seen.changed, *changes(around))))
            seen.processes = len(procfs.descendants(os.getpid()))
        seen.returned = returned
        with contextlib.suppress(Exception):  # of what is no result, as the worker's check will say
            seen.digests.append(digests.of_result(returned))
        return returned

    return wrapper


def described(image: Image) -> str:
    """Return an image's shape, type, spacing, modality and unit in words."""
    shape = " x ".join(map(str, image.pixels.shape))
    spacing = " x ".join(f"{each:.4g}" for each in image.spacing)
    unit = f", {image.unit}" if image.unit else ""
    return f"{shape} {image.pixels.dtype}, {spacing} mm, {image.modality}{unit}"


def _without_this_frame(error: BaseException) -> BaseException:
    trace = error.__traceback__
    return error.with_traceback(trace.tb_next) if trace is not None else error


def _where(error: BaseException, file: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if each.filename == file] or frames
    return f"{Path(own[-1].filename).name}, line {own[-1].lineno}"


def _images(values: Iterable[Any]) -> list[Image]:
    listed = [each for value in values for each in (cast("list[Any]", value) if isinstance(value, list) else [value])]
    return [each for each in listed if isinstance(each, Image)]

"""What an algorithm's function does beside returning its result, seen from around it."""

import dataclasses
import functools
import hashlib
import os
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from algorithms.image import Image, Result
from runtime import linux


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
    raised: str = ""
    said: str = ""
    where: str = ""
    trace: str = ""


def observed(run: Callable[..., Any], seen: Observation) -> Callable[..., Any]:
    """Return a function that does what `run` does, with its signature, and notes what it sees."""

    @functools.wraps(run)
    def wrapper(image: Image, **parameters: Any) -> Any:
        seen.given = described(image)
        given = [image, *(each for each in parameters.values() if isinstance(each, Image))]
        pixels, source = [_digest(each.pixels) for each in given], dict(image.source)
        threads = set(threading.enumerate())
        started = time.perf_counter()
        try:
            returned = run(image, **parameters)
        except BaseException as error:
            seen.raised = type(error).__name__
            seen.said = str(error).strip()
            seen.where = _where(error, run.__code__.co_filename)
            seen.trace = "".join(traceback.format_exception(_without_this_frame(error)))
            raise
        finally:
            seen.seconds = time.perf_counter() - started
            seen.wrote_pixels |= [_digest(each.pixels) for each in given] != pixels
            seen.wrote_source |= dict(image.source) != source
            seen.threads = tuple(each.name for each in threading.enumerate() if each not in threads)
            seen.processes = len(linux.descendants(os.getpid()))
        seen.returned = returned
        seen.digests.append(_digest_of_result(returned))
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


def _digest_of_output(value: Any) -> bytes:
    import numpy as np

    if isinstance(value, Image):
        return _digest(value.pixels)
    array = getattr(value, "positions", getattr(value, "corners", None))
    return repr(value).encode() if array is None else np.asarray(array, float).tobytes()


def _digest(pixels: Any) -> bytes:
    import numpy as np

    whole = np.ascontiguousarray(pixels)
    return hashlib.blake2b(whole.reshape(-1).view(np.uint8).data, digest_size=16).digest()


def _digest_of_result(returned: Any) -> bytes:
    if dataclasses.is_dataclass(returned) and not isinstance(returned, Image | Result):
        fields = dataclasses.fields(returned)
        return b"".join(_digest_of_output(getattr(returned, each.name)) for each in fields)
    result = Result(image=returned) if isinstance(returned, Image) else returned
    if not isinstance(result, Result):
        return b""
    pixels = b"" if result.image is None else _digest(result.image.pixels)
    measurements: Mapping[str, Any] = result.measurements
    facts = (sorted((str(name), repr(value)) for name, value in measurements.items()), result.missing, result.window)
    return pixels + repr(facts).encode()

"""Whether what an algorithm returned is a result."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image, Result
from algorithms.values import is_masked
from runtime.errors import PermanentError
from runtime.worker.child.files.place import placed
from runtime.worker.child.files.plain import NO_TEXT, TOO_LARGE, is_number, is_text, plain
from runtime.worker.jobs.outcome import Measurement


def checked(returned: object, source: Image) -> tuple[Image | None, Result, dict[str, Measurement]]:
    """Return the image, the result and the measurements. Raises PermanentError (`invalid_result`)."""
    result = Result(image=returned) if isinstance(returned, Image) else returned
    if not isinstance(result, Result):
        theirs = "SimpleITK " if type(returned).__module__.startswith("SimpleITK") else ""
        raise _invalid(f"a {theirs}{type(returned).__name__}, neither Image nor Result{_instead(returned)}")
    window = check_window(result.window)
    measurements, missing = _measurements(result)
    if result.image is None and not measurements and not missing:
        raise _invalid("a Result with neither image nor measurements")
    image = None if result.image is None else check_image(result.image, source)
    return image, replace(result, missing=missing, window=window), measurements


def check_window(window: Any) -> tuple[float, float] | None:
    """Return a window as plain numbers, if there is any."""
    if window is None:
        return None
    try:
        centre, width = (float(each) for each in window)
    except (TypeError, ValueError):
        raise _invalid(f"the window {window!r:.60}, which is not (centre, width)") from None
    if not (math.isfinite(centre) and math.isfinite(width) and width > 0):
        raise _invalid(f"the window {window!r:.60}; a centre and a width above 0 are asked")
    return centre, width


def check_image(image: Any, source: Image) -> Image:
    """Return an image that can be stored, with its source's identifiers unless it has its own."""
    if not isinstance(image, Image):
        raise _invalid(f"a {type(image).__name__} where the image belongs")
    if not isinstance(image.pixels, np.ndarray):  # pyright: ignore[reportUnnecessaryIsInstance] - plugins need no types
        raise _invalid(f"pixels of type {type(image.pixels).__name__}, not an ndarray")
    kept: Any = image.source or {}
    if not isinstance(kept, Mapping):
        raise _invalid(f"an image whose source is a {type(kept).__name__}; the given image's is a mapping")
    if is_masked(image.pixels):
        raise _invalid("a masked array, whose mask no file holds; fill it first: values.filled(...)")
    pixels: NDArray[Any] = image.pixels
    if pixels.dtype.kind == "c":
        raise _invalid(f"pixels of type {pixels.dtype}; no image is complex: np.abs(pixels), or pixels.real")
    if pixels.dtype.kind not in "biuf" or pixels.dtype.itemsize > 8:
        raise _invalid(
            f"pixels of type {pixels.dtype}; integers and floats of up to 64 bits are stored: pixels.astype('float32')"
        )
    if not (pixels.ndim == 3 or (pixels.ndim == 4 and pixels.shape[3] == 3)) or pixels.size == 0:
        raise _invalid(
            f"pixels of shape {pixels.shape}; (planes, rows, columns) or (planes, rows, columns, 3) is asked"
        )
    # Single values may be undefined, outside a mask say; nothing but such values is no image.
    if pixels.dtype.kind == "f" and not np.isfinite(pixels).any():
        raise _invalid("pixels without a single finite value")
    try:
        image = placed(image, source)
    except ValueError as error:
        raise _invalid(str(error)) from None
    # Boolean masks are stored as 0 and 1: neither PNG nor MetaImage has truth values.
    values = pixels.astype(np.uint8) if pixels.dtype.kind == "b" else pixels
    return replace(image, pixels=values, source=image.source or source.source)


def _measurements(result: Result) -> tuple[dict[str, Measurement], tuple[str, ...]]:
    values: dict[str, Measurement] = {}
    missing = _sentences(result.missing)
    listed: Any = result.measurements
    if not isinstance(listed, Mapping):
        raise _invalid(f"measurements of type {type(listed).__name__}; a mapping by their names is asked")
    for name, value in cast("Mapping[Any, Any]", listed).items():
        found = plain(value)
        if not isinstance(found, float | int | str | bool):
            raise _invalid(f"measurement {name!r:.80} of type {type(found).__name__}{_number(found)}")
        if not (is_text(found) if isinstance(found, str) else is_number(found)):
            raise _invalid(f"measurement {name!r}, which is {NO_TEXT if isinstance(found, str) else TOO_LARGE}")
        if isinstance(found, float) and not math.isfinite(found):
            missing.append(f"{name} is not a finite number.")  # JSON has no such numbers
        else:
            values[str(name)] = found
    return values, tuple(missing)


def _sentences(missing: Any) -> list[str]:
    if isinstance(missing, str):  # ("one sentence") without a comma is no tuple
        return [missing]
    if not isinstance(missing, tuple | list):
        raise _invalid(f"missing as a {type(missing).__name__}; a tuple of sentences is asked")
    return [str(each).encode("utf-8", "replace").decode() for each in cast("Sequence[Any]", missing)]


def _instead(returned: object) -> str:
    """Return what an author most likely forgot."""
    if returned is None:
        return "; does it end without `return`?"
    if isinstance(returned, np.ndarray):
        return "; image.with_values(array) makes an Image of it"
    if isinstance(returned, bool | int | float | np.generic | dict):
        return "; Result(measurements={'name': number}) holds numbers"
    if isinstance(returned, tuple):
        return "; several outputs are a frozen dataclass, which the function is annotated to return"
    if type(returned).__module__.startswith("SimpleITK"):
        return "; image.with_simpleitk(...) makes an Image of it"
    return ""


def _number(value: object) -> str:
    """Return what to write for a measurement that is none."""
    if value is None:
        return "; leave it out, and say why in Result(missing=('...',))"
    if isinstance(value, np.ndarray | list | tuple):
        return "; give each number a name of its own"
    return "; a number, a text or a truth value is asked"


def _invalid(what: str) -> PermanentError:
    return PermanentError("invalid_result", f"The algorithm returned {what}" + ("" if what.endswith("?") else "."))

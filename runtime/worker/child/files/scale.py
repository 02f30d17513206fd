"""Which scale a result's values are on, and how they are therefore shown: in previews, in files, on the page."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.values import SCALE
from runtime.contracts.results.display import UNIT_LONGEST, Display, DisplayWindow
from runtime.dicom import value_window
from runtime.dicom.show.look import Look
from runtime.dicom.show.voi import Voi

Window = tuple[float, float]


def display_of(image: Image, window: Window | None, source: Image) -> Display:
    """Return how a result is shown; `window` is what the algorithm says."""
    unit = "".join(each for each in str(image.unit) if each.isprintable())[:UNIT_LONGEST]
    if image.is_colour:
        return Display(unit=unit, scale="colour", window=None, inverted=False)
    if is_mask(image, source):
        return Display(unit=unit, scale="mask", window=None, inverted=False)
    looks = looks_of(source)
    on_scale = is_on_scale(image, source)
    middle = looks[len(looks) // 2]
    inverted = _is_inverted(image, source, middle) if on_scale else False
    stated = middle.voi.window if on_scale else None
    # One for all planes, which a mosaic compares with each other; `plane_window` shows a plane alone.
    chosen = window or stated or value_window(_measured(image, source, looks))
    scale = "source" if on_scale and window is None else "own"
    return with_window(Display(unit=unit, scale=scale, inverted=inverted, window=None), chosen)


def with_window(display: Display, window: Window | None) -> Display:
    """Return how a plane is shown that has a window of its own."""
    made = DisplayWindow(centre=window[0], width=window[1]) if window is not None else None
    return display.model_copy(update={"window": made})


def plane_window(image: Image, index: int, source: Image, padding: Window | None) -> Window:
    """Return the window of one plane's values, by which the source's plane is shown if its file states none."""
    plane = image.pixels[index]
    if padding is None or source.pixels.shape != image.pixels.shape:
        return value_window(plane)
    under = source.pixels[index]
    return value_window(plane[(under < padding[0]) | (under > padding[1])])


def texts_of(display: Display) -> dict[str, str]:
    """Return what the files of a result say of their values, by the names under which they say it."""
    window = display.window
    return {
        "Scale": display.scale,
        **({"Unit": display.unit} if display.unit else {}),
        **({"WindowCenter": f"{window.centre:.17g}", "WindowWidth": f"{window.width:.17g}"} if window else {}),
        "Inverted": str(display.inverted),
    }


def looks_of(source: Image) -> Sequence[Look]:
    """Return how the planes of a source are shown: one look for each, or one for all."""
    return source.source.get("Looks") or [_stated_look(source)]


def is_mask(image: Image, source: Image) -> bool:
    """Tell a mask of zeros and ones; a source of nothing else gives images of nothing else, too."""
    pixels = image.pixels
    if pixels.dtype.kind not in "iu" or int(pixels.max()) > 1 or int(pixels.min()) < 0:
        return False
    if pixels.dtype == np.uint8 and (image.own_scale or pixels.any()):
        return True
    return bool(pixels.any()) and _span(source.pixels) > 1


def is_on_scale(image: Image, source: Image) -> bool:
    """Tell whether a result's values mean what its source's do, so that the source's window suits them.

    A probability, a vesselness or labels do not, even if nobody said so: they are of another unit or type, or take up
    less than a twentieth of the source's range.
    """
    if image.own_scale or image.unit != source.unit or image.pixels.dtype != source.pixels.dtype:
        return False
    return _span(image.pixels) * SCALE >= _span(source.pixels)


def _is_inverted(image: Image, source: Image, look: Look) -> bool:
    photometric = image.source.get("PhotometricInterpretation")
    said_otherwise = photometric != source.source.get("PhotometricInterpretation")
    return photometric == "MONOCHROME1" if said_otherwise else look.inverted


def _span(pixels: NDArray[Any]) -> float:
    values = pixels[np.isfinite(pixels)] if pixels.dtype.kind == "f" else pixels
    return float(values.max()) - float(values.min()) if values.size else 0.0


def _measured(image: Image, source: Image, looks: Sequence[Look]) -> NDArray[Any]:
    """Return the values where the source has no padding: what became of padding is no measurement either."""
    if source.pixels.shape != image.pixels.shape or all(look.padding is None for look in looks):
        return image.pixels
    ranges = [look.padding or (np.inf, -np.inf) for look in looks]
    low, high = (np.array(ends).reshape(-1, 1, 1) for ends in zip(*ranges, strict=True))
    return image.pixels[(source.pixels < low) | (source.pixels > high)]


def _stated_look(source: Image) -> Look:
    """Return the look of a source that did not come from files."""
    centre, width = source.source.get("WindowCenter"), source.source.get("WindowWidth")
    windows = ((float(centre), float(width)),) if centre is not None and width else ()
    function = str(source.source.get("VOILUTFunction") or "LINEAR")
    inverted = source.source.get("PhotometricInterpretation") == "MONOCHROME1"
    return Look(Voi(windows, function), inverted)

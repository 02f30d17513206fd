"""The files of a result: a PNG a plane, a mosaic of them, and the values without loss."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from runtime.contracts.models import OutputKind
from runtime.dicom import mosaic, png, render, value_window
from runtime.dicom.show.look import Look, colours, picture
from runtime.dicom.show.voi import Voi
from runtime.worker.child.metaimage import encoded
from runtime.worker.jobs.outcome import Product

Window = tuple[float, float]
SCALE = 20  # times by which a source's range may exceed that of a result on its scale


def write(
    image: Image, window: Window | None, source: Image, kinds: Sequence[OutputKind], folder: Path
) -> tuple[Product, ...]:
    """Make `folder`, unless it is there, and write the asked-for files into it."""
    folder.mkdir(exist_ok=True)
    products: list[Product] = []
    if "preview" in kinds or "mosaic" in kinds:
        planes = list(_rendered(image, window, source))
        if "preview" in kinds:
            for index, plane in enumerate(planes):
                products.append(_write(folder / f"preview-{index + 1:04d}.png", png(plane), "preview", index))
        if "mosaic" in kinds:
            products.append(_write(folder / "mosaic.png", png(mosaic(planes)), "mosaic"))
    if "values" in kinds:
        products.append(_write(folder / "values.mha", encoded(image), "values"))
    return tuple(products)


def _rendered(image: Image, window: Window | None, source: Image) -> Iterator[NDArray[Any]]:
    """Yield the planes as pictures: as the source is shown where they are on its scale, otherwise by their own values.

    Colours and masks have no window.
    """
    looks: Sequence[Look] = source.source.get("Looks") or [_stated_look(source)]
    if image.is_colour:
        full = looks[0].bits if image.pixels.dtype == source.pixels.dtype else 8 * image.pixels.dtype.itemsize
        for plane in image.pixels:
            yield _colours(plane, full)
        return
    if is_mask(image.pixels):
        yield from (255 * image.pixels.astype(np.uint8))
        return
    on_scale = is_on_scale(image, source)
    photometric = image.source.get("PhotometricInterpretation")
    if photometric != source.source.get("PhotometricInterpretation"):  # the algorithm says otherwise
        looks = [replace(look, inverted=photometric == "MONOCHROME1") for look in looks]
    # One window for all planes that state none: they must be comparable with each other.
    common = window or value_window(_measured(image, source, looks))
    for index, plane in enumerate(image.pixels):
        look = looks[index] if len(looks) == len(image.pixels) else looks[len(looks) // 2]
        yield picture(plane, look if on_scale else Look(), window, common)


def is_mask(pixels: NDArray[Any]) -> bool:
    """Tell a mask of zeros and ones."""
    return pixels.dtype == np.uint8 and int(pixels.max()) == 1


def is_on_scale(image: Image, source: Image) -> bool:
    """Tell whether a result's values mean what its source's do, so that the source's window suits them.

    A probability, a vesselness or labels do not, though nobody said so: they are of another unit or type, or take up
    less than a twentieth of the source's range.
    """
    if image.unit != source.unit or image.pixels.dtype != source.pixels.dtype:
        return False
    return _span(image.pixels) * SCALE >= _span(source.pixels)


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


def _colours(plane: NDArray[Any], bits: int) -> NDArray[Any]:
    if plane.dtype.kind in "iu":
        return colours(plane, bits)
    return render(plane, value_window(plane))


def _stated_look(source: Image) -> Look:
    """Return the look of a source that did not come from files."""
    centre, width = source.source.get("WindowCenter"), source.source.get("WindowWidth")
    windows = ((float(centre), float(width)),) if centre is not None and width else ()
    function = str(source.source.get("VOILUTFunction") or "LINEAR")
    inverted = source.source.get("PhotometricInterpretation") == "MONOCHROME1"
    return Look(Voi(windows, function), inverted)


def _write(path: Path, content: bytes, kind: OutputKind, plane: int | None = None) -> Product:
    path.write_bytes(content)
    return Product(path, kind, len(content), hashlib.sha256(content).hexdigest(), plane)

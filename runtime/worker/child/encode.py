"""The files of a result: a PNG a plane, a mosaic of them, and the values without loss."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from runtime.contracts.models import Display, OutputKind
from runtime.dicom import mosaic, png, render, value_window
from runtime.dicom.show.look import Look, colours, picture
from runtime.worker.child.metaimage import encoded
from runtime.worker.child.scale import looks_of, texts_of
from runtime.worker.jobs.outcome import Product


def write(
    image: Image, display: Display, source: Image, kinds: Sequence[OutputKind], folder: Path
) -> tuple[Product, ...]:
    """Make `folder`, unless it is there, and write the asked-for files into it, shown as `display` says."""
    folder.mkdir(exist_ok=True)
    products: list[Product] = []
    texts = texts_of(display)
    if "preview" in kinds or "mosaic" in kinds:
        planes = list(_rendered(image, display, source))
        if "preview" in kinds:
            for index, plane in enumerate(planes):
                products.append(_write(folder / f"preview-{index + 1:04d}.png", png(plane, texts), "preview", index))
        if "mosaic" in kinds:
            products.append(_write(folder / "mosaic.png", png(mosaic(planes), texts), "mosaic"))
    if "values" in kinds:
        products.append(_write(folder / "values.mha", encoded(image, texts), "values"))
    return tuple(products)


def _rendered(image: Image, display: Display, source: Image) -> Iterator[NDArray[Any]]:
    """Yield the planes as pictures, by their scale; colours and masks have no window."""
    looks = looks_of(source)
    if display.scale == "colour":
        full = looks[0].bits if image.pixels.dtype == source.pixels.dtype else 8 * image.pixels.dtype.itemsize
        for plane in image.pixels:
            yield _colours(plane, full)
        return
    if display.scale == "mask":
        yield from (255 * image.pixels.astype(np.uint8))
        return
    shown = display.window
    common = (shown.centre, shown.width) if shown is not None else None
    for index, plane in enumerate(image.pixels):
        if display.scale == "own":
            yield picture(plane, Look(inverted=display.inverted), common)
        else:
            look = looks[index] if len(looks) == len(image.pixels) else looks[len(looks) // 2]
            yield picture(plane, replace(look, inverted=display.inverted), None, common)


def _colours(plane: NDArray[Any], bits: int) -> NDArray[Any]:
    if plane.dtype.kind in "iu":
        return colours(plane, bits)
    return render(plane, value_window(plane))


def _write(path: Path, content: bytes, kind: OutputKind, plane: int | None = None) -> Product:
    path.write_bytes(content)
    return Product(path, kind, len(content), hashlib.sha256(content).hexdigest(), plane)

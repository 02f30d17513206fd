"""The files of a result: a PNG a plane, a mosaic of them, and the values without loss."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from runtime.contracts.display import Display
from runtime.contracts.models import AskedKind, OutputKind
from runtime.dicom import mosaic, png, render, value_window
from runtime.dicom.show.look import Look, colours, picture
from runtime.worker.child import nifti
from runtime.worker.child.metaimage import encoded
from runtime.worker.child.scale import looks_of, texts_of
from runtime.worker.jobs.outcome import Product


def write(
    image: Image,
    display: Display,
    source: Image,
    kinds: Sequence[AskedKind],
    folder: Path,
    *,
    port: str | None = None,
    planes: Sequence[NDArray[Any]] | None = None,
) -> tuple[Product, ...]:
    """Make `folder`, unless it is there, and write the asked-for files into it, shown as `display` says.

    The files of a declared output begin with its name, `port`. `planes` are its pictures, if they are made already.
    """
    folder.mkdir(exist_ok=True)
    products: list[Product] = []
    texts = texts_of(display)
    start = f"{port}-" if port else ""
    if "preview" in kinds or "mosaic" in kinds:
        shown = list(_rendered(image, display, source)) if planes is None else planes
        if "preview" in kinds:
            for index, plane in enumerate(shown):
                path = folder / f"{start}preview-{index + 1:04d}.png"
                products.append(store(path, png(plane, texts), "preview", index, port))
        if "mosaic" in kinds:
            products.append(store(folder / f"{start}mosaic.png", png(mosaic(shown), texts), "mosaic", port=port))
    if "values" in kinds:
        products.append(store(folder / f"{port or 'values'}.mha", encoded(image, texts), "values", port=port))
    if "nifti" in kinds:
        products.append(store(folder / f"{port or 'values'}.nii.gz", nifti.encoded(image), "nifti", port=port))
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


def store(
    path: Path,
    content: bytes,
    kind: OutputKind,
    plane: int | None = None,
    port: str | None = None,
    media_type: str | None = None,
) -> Product:
    """Write one file and return what is known of it."""
    path.write_bytes(content)
    return Product(path, kind, len(content), hashlib.sha256(content).hexdigest(), plane, port, media_type)

"""The files of a result: a PNG a plane, a mosaic of them, and the values without loss."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from runtime.contracts.models import AskedKind, OutputKind
from runtime.contracts.results.display import Display
from runtime.dicom import mosaic, png, render, value_window
from runtime.dicom.show.look import Look, colours, picture
from runtime.worker.child.files import nifti
from runtime.worker.child.files.metaimage import encoded
from runtime.worker.child.files.scale import looks_of, plane_window, texts_of, with_window
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
    shown = None if planes is None else [(each, display) for each in planes]
    if "preview" in kinds:
        shown = shown or list(_rendered(image, display, source, alone=True))
        for index, (plane, used) in enumerate(shown):
            path = folder / f"{start}preview-{index + 1:04d}.png"
            products.append(store(path, png(plane, texts_of(used)), "preview", index, port))
    if "mosaic" in kinds:
        if shown is None or (planes is None and _differ_alone(display, source)):
            shown = list(_rendered(image, display, source, alone=False))
        cells = [each for each, _ in shown]
        products.append(store(folder / f"{start}mosaic.png", png(mosaic(cells), texts), "mosaic", port=port))
    if "values" in kinds:
        products.append(store(folder / f"{port or 'values'}.mha", encoded(image, texts), "values", port=port))
    if "nifti" in kinds:
        products.append(store(folder / f"{port or 'values'}.nii.gz", nifti.encoded(image), "nifti", port=port))
    return tuple(products)


def _rendered(image: Image, display: Display, source: Image, *, alone: bool) -> Iterator[tuple[NDArray[Any], Display]]:
    """Yield the planes as pictures, by their scale, and how each is shown; colours and masks have no window.

    On the source's scale a plane is shown as that of the source is: by its window, or, if it states none, by the range
    of its own values. In a mosaic, not `alone`, planes without a window share one.
    """
    looks = looks_of(source)
    if display.scale == "colour":
        full = looks[0].bits if image.pixels.dtype == source.pixels.dtype else 8 * image.pixels.dtype.itemsize
        for plane in image.pixels:
            yield _colours(plane, full), display
        return
    if display.scale == "mask":
        for plane in image.pixels:
            yield 255 * plane.astype(np.uint8), display
        return
    shown = display.window
    common = (shown.centre, shown.width) if shown is not None else None
    for index, plane in enumerate(image.pixels):
        if display.scale == "own":
            yield picture(plane, Look(inverted=display.inverted), common), display
            continue
        look = looks[index] if len(looks) == len(image.pixels) else looks[len(looks) // 2]
        window = look.voi.window or (plane_window(image, index, source, look.padding) if alone else common)
        yield picture(plane, replace(look, inverted=display.inverted), None, window), with_window(display, window)


def _differ_alone(display: Display, source: Image) -> bool:
    """Whether planes may have other windows alone than in a mosaic: without that they are rendered once for both."""
    return display.scale == "source" and not all(look.voi.window for look in looks_of(source))


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

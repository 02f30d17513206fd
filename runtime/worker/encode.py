"""The files of a result: a PNG a plane, a mosaic of them, and the values without loss."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from runtime.contracts.models import OutputKind
from runtime.dicom import mosaic, png, render, value_window
from runtime.worker.metaimage import encoded
from runtime.worker.outcome import Product

Window = tuple[float, float]


def write(
    image: Image, window: Window | None, source: Image, kinds: Sequence[OutputKind], folder: Path
) -> tuple[Product, ...]:
    """Make `folder` and write the asked-for files into it."""
    folder.mkdir()
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
    if image.is_colour and image.pixels.dtype == np.uint8:
        yield from image.pixels
        return
    function = "LINEAR"
    if window is None and image.unit == source.unit:
        window = _source_window(source)
        function = str(source.source.get("VOILUTFunction") or "LINEAR")
    if window is None or (window[1] < 1 and function == "LINEAR"):
        # One window for all planes: they must be comparable with each other.
        function = "LINEAR"
        window = value_window(image.pixels, source.source.get("PixelPaddingValue"))
    invert = image.source.get("PhotometricInterpretation") == "MONOCHROME1"
    for plane in image.pixels:
        yield render(plane, window, invert=invert, function=function)


def _source_window(source: Image) -> Window | None:
    centre, width = source.source.get("WindowCenter"), source.source.get("WindowWidth")
    return None if centre is None or width is None else (float(centre), float(width))


def _write(path: Path, content: bytes, kind: OutputKind, plane: int | None = None) -> Product:
    path.write_bytes(content)
    media_type = "application/octet-stream" if kind == "values" else "image/png"
    return Product(path, kind, media_type, len(content), hashlib.sha256(content).hexdigest(), plane)

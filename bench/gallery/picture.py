"""Small pictures of images and results, rendered as the worker renders its previews."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np

from bench.gallery.entries import View
from imaging import Image, Result
from runtime.dicom import png
from runtime.worker.child.files.encode import write
from runtime.worker.child.files.scale import display_of

SIDE = 128  # pixels


def picture(image: Image, result: Result, source: Image, view: View) -> bytes:
    """Return the PNG of one slice of an image, which is the result of something or the source itself."""
    one, other = _slice(image, view), _slice(source, view)
    with TemporaryDirectory() as folder:
        write(one, display_of(one, result.window, other), other, ("preview",), Path(folder))
        grey: Any = cv2.imread(str(Path(folder) / "preview-0001.png"), cv2.IMREAD_GRAYSCALE)
    if view == "part":
        top, left = ((length - SIDE) // 2 for length in grey.shape)
        grey = grey[top : top + SIDE, left : left + SIDE]
    else:
        # rows as far apart as columns, without new values: planes are shown as thick as they are
        rows = round(grey.shape[0] * one.spacing[1] / one.spacing[2] / 2)
        how = cv2.INTER_AREA if view == "whole" else cv2.INTER_NEAREST
        grey = cv2.resize(grey, (grey.shape[1] // 2, rows), interpolation=how)
    return png(np.ascontiguousarray(grey))


def _slice(image: Image, view: View) -> Image:
    source = {name: value for name, value in image.source.items() if name not in ("Looks", "SOPInstanceUIDs")}
    if view == "coronal":
        rows = image.pixels.shape[1] // 2
        across = np.ascontiguousarray(image.pixels[::-1, rows][np.newaxis])
        spacing = (image.spacing[1], image.spacing[0], image.spacing[2])
        return replace(image, pixels=across, spacing=spacing, source=source)
    middle = len(image.pixels) // 2
    return replace(image, pixels=image.pixels[middle : middle + 1], source=source)

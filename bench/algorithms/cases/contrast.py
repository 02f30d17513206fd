"""Contrast, sharpness and edges."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from typing import Any

import cv2
import numpy as np
from imaging_collection.features.sobel_edges import sobel_edges
from imaging_collection.intensity.clahe import clahe
from imaging_collection.intensity.unsharp_mask import unsharp_mask
from imaging_collection.intensity.window import window
from scipy import ndimage
from skimage import exposure, filters

from bench.algorithms.case import Case, each, pixels
from imaging import Image


def _unsharp_scipy(image: Image) -> Any:
    def sharpen(plane: Any) -> Any:
        values = plane.astype(np.float32)
        blurred = ndimage.gaussian_filter(values, [2 / distance for distance in image.spacing[1:]], mode="nearest")
        return values + (values - blurred)

    return each(sharpen, image, vcpu=1)


def _unsharp_skimage(image: Image) -> Any:
    radii: Any = [2 / distance for distance in image.spacing[1:]]
    return each(lambda plane: filters.unsharp_mask(plane.astype(np.float32), radii, 1, True), image, vcpu=1)


def _sobel_scipy(image: Image) -> Any:
    def slope(plane: Any) -> Any:
        values = plane.astype(np.float32)
        both = [ndimage.sobel(values, axis, mode="nearest") / (8 * image.spacing[axis + 1]) for axis in (0, 1)]
        return np.hypot(*both)

    return each(slope, image, "float32", vcpu=1)


def _sobel_skimage(image: Image) -> Any:
    def slope(plane: Any) -> Any:
        both = [filters.sobel(plane.astype(np.float32), axis=axis, mode="nearest") for axis in (0, 1)]
        return np.hypot(*(one / 2 / distance for one, distance in zip(both, image.spacing[1:], strict=True)))

    return each(slope, image, "float32", vcpu=1)


def _clahe_opencv(image: Image) -> Any:
    def equalize(plane: Any) -> Any:
        low, high = int(plane.min()), int(plane.max())
        levels = np.rint((plane - low) * (255 / max(1, high - low))).astype(np.uint8)
        return low + cv2.createCLAHE(2.56, (5, 5)).apply(levels) * ((high - low) / 255)

    return each(equalize, image)


def _window_skimage(image: Image) -> Any:
    low, high = 300 - 0.5 - 299.5, 300 - 0.5 + 299.5
    return each(
        lambda plane: np.rint(exposure.rescale_intensity(plane.astype(np.float32), (low, high), (0, 255))),
        image, "uint8", vcpu=1,
    )  # fmt: skip


CASES = {
    "unsharp_mask": Case(
        lambda image: pixels(unsharp_mask(image)),
        {"SciPy": _unsharp_scipy, "scikit-image": _unsharp_skimage},
        equal=1,
    ),
    "sobel_edges": Case(
        lambda image: pixels(sobel_edges(image)),
        {"SciPy": _sobel_scipy, "scikit-image": _sobel_skimage},
        equal=0.01,
    ),
    "clahe": Case(lambda image: pixels(clahe(image)), {"OpenCV, 8 bits": _clahe_opencv}, equal=1),
    "window": Case(
        lambda image: pixels(window(image, 300, 600)), {"scikit-image": _window_skimage}, equal=1
    ),
}  # fmt: skip

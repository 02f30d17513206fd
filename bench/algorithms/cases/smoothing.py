"""Smoothing and noise."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import SimpleITK as sitk
from imaging_collection.inputs import value_range
from imaging_collection.intensity.bilateral import bilateral
from imaging_collection.intensity.non_local_means import non_local_means
from imaging_collection.noise import noise_of
from scipy import ndimage
from skimage import filters, restoration

from algorithms.builtin.median import median
from bench.algorithms.case import Case, each, pixels
from bench.algorithms.image import sample, sample_of
from imaging import Image


def _median_skimage(image: Image, side: int) -> Any:
    return each(lambda plane: filters.median(plane, np.ones((side, side)), mode="nearest"), image, vcpu=1)


def _median_scipy(image: Image, side: int) -> Any:
    return ndimage.median_filter(image.pixels, (1, side, side), mode="nearest")


def _median_simpleitk(image: Image, side: int) -> Any:
    return sitk.GetArrayFromImage(sitk.Median(image.to_simpleitk(), [side // 2, side // 2, 0]))


def _median(side: int, image: Callable[[], Image] = sample) -> Case:
    return Case(
        lambda image: pixels(median(image, side // 2 * image.spacing[1])),
        {
            "scikit-image": lambda image: _median_skimage(image, side),
            "SciPy": lambda image: _median_scipy(image, side),
            "SimpleITK": lambda image: _median_simpleitk(image, side),
        },
        image=image,
    )


def _bilateral_skimage(image: Image) -> Any:
    sigma, reach = 1.5 / image.spacing[1], int(4.5 / image.spacing[1] + 0.5)
    contrast = 0.1 * value_range(image.pixels)
    return each(
        lambda plane: restoration.denoise_bilateral(
            plane.astype(np.float32), 2 * reach + 1, contrast, sigma, bins=4096, mode="edge"
        ),
        image,
    )


def _bilateral_simpleitk(image: Image) -> Any:
    contrast = 0.1 * value_range(image.pixels)
    planes = [sitk.GetImageFromArray(plane.astype(np.float32)) for plane in image.pixels]
    return np.stack(
        [sitk.GetArrayFromImage(sitk.Bilateral(plane, 1.5 / image.spacing[1], contrast, 4096)) for plane in planes]
    )


def _nlm_skimage(image: Image) -> Any:
    def denoise(plane: Any) -> Any:
        noise = noise_of(plane)
        if noise == 0:
            return plane
        return restoration.denoise_nl_means(
            plane.astype(np.float32), 5, 6, h=0.8 * noise, sigma=noise, fast_mode=True, preserve_range=True
        )

    return each(denoise, image)


CASES = {
    "median_3x3": _median(3),
    "median_5x5": _median(5),
    "median_9x9": _median(9),
    "median_31x31": _median(31),
    **{
        f"median_{side}x{side}_of_{length}": _median(side, partial(sample_of, length))
        for side in (3, 5)
        for length in (64, 512)
    },
    "bilateral": Case(
        lambda image: pixels(bilateral(image)),
        {"scikit-image": _bilateral_skimage, "SimpleITK": _bilateral_simpleitk},
        equal=1,
        share=0.001,
    ),
    "non_local_means": Case(
        lambda image: pixels(non_local_means(image)),
        {"scikit-image, fast": _nlm_skimage},
        equal=1,
    ),
}  # fmt: skip

"""The algorithms for which there is a choice of libraries, and the candidates."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from typing import Any

import cv2
import numpy as np
import SimpleITK as sitk
from imaging_collection.features.sobel_edges import sobel_edges
from imaging_collection.geometry.resample_isotropic import resample_isotropic
from imaging_collection.inputs import value_range
from imaging_collection.intensity.bilateral import bilateral
from imaging_collection.intensity.clahe import clahe
from imaging_collection.intensity.non_local_means import non_local_means
from imaging_collection.intensity.unsharp_mask import unsharp_mask
from imaging_collection.intensity.window import window
from imaging_collection.noise import noise_of
from imaging_collection.segmentation.otsu import otsu
from imaging_collection.segmentation.threshold import threshold
from scipy import ndimage
from skimage import exposure, filters, measure, restoration

from algorithms.builtin.median import median
from bench.algorithms.case import Case, each, pixels
from imaging import Image


def _median_skimage(image: Image, side: int) -> Any:
    return each(lambda plane: filters.median(plane, np.ones((side, side)), mode="nearest"), image, vcpu=1)


def _median_scipy(image: Image, side: int) -> Any:
    return ndimage.median_filter(image.pixels, (1, side, side), mode="nearest")


def _median_simpleitk(image: Image, side: int) -> Any:
    return sitk.GetArrayFromImage(sitk.Median(image.to_simpleitk(), [side // 2, side // 2, 0]))


def _median(side: int) -> Case:
    return Case(
        lambda image: pixels(median(image, side // 2 * image.spacing[1])),
        {
            "scikit-image": lambda image: _median_skimage(image, side),
            "SciPy": lambda image: _median_scipy(image, side),
            "SimpleITK": lambda image: _median_simpleitk(image, side),
        },
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


def _resample_scipy(image: Image) -> Any:
    shape = pixels(resample_isotropic(image, 1.5)).shape
    matrix = [1.5 / distance for distance in image.spacing]
    values = ndimage.affine_transform(image.pixels, matrix, output_shape=shape, output=np.float32, order=1)
    return np.rint(values).astype(np.int16)


def _otsu_simpleitk(image: Image) -> Any:
    return sitk.GetArrayFromImage(sitk.OtsuThreshold(image.to_simpleitk(), 0, 1, 1024))


def _otsu_skimage(image: Image) -> Any:
    return (image.pixels > filters.threshold_otsu(image.pixels)).astype(np.uint8)


def _threshold_scipy(image: Image) -> Any:
    labels, _ = ndimage.label((image.pixels >= 300) & (image.pixels <= 600))
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    mask = labels == sizes.argmax()
    return np.stack([ndimage.binary_fill_holes(plane) for plane in mask]).astype(np.uint8)


def _threshold_skimage(image: Image) -> Any:
    labels = measure.label((image.pixels >= 300) & (image.pixels <= 600), connectivity=1)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    mask = labels == sizes.argmax()
    return np.stack([ndimage.binary_fill_holes(plane) for plane in mask]).astype(np.uint8)


def _threshold_simpleitk(image: Image) -> Any:
    mask = sitk.BinaryThreshold(image.to_simpleitk(), 300, 600, 1, 0)
    kept = sitk.Cast(sitk.RelabelComponent(sitk.ConnectedComponent(mask)) == 1, sitk.sitkUInt8)
    planes = [sitk.BinaryFillhole(kept[:, :, plane]) for plane in range(len(image.pixels))]
    return np.stack([sitk.GetArrayFromImage(plane) for plane in planes])


CASES = {
    "median_3x3": _median(3),
    "median_5x5": _median(5),
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
    "resample_isotropic": Case(
        lambda image: pixels(resample_isotropic(image, 1.5)), {"SciPy": _resample_scipy}, equal=1
    ),
    "otsu": Case(
        lambda image: pixels(otsu(image)), {"SimpleITK": _otsu_simpleitk, "scikit-image": _otsu_skimage}
    ),
    "threshold": Case(
        lambda image: pixels(threshold(image, 300, 600, "largest", "fill")),
        {"SciPy": _threshold_scipy, "scikit-image": _threshold_skimage, "SimpleITK": _threshold_simpleitk},
    ),
}  # fmt: skip

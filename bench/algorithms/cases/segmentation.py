"""Masks."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from typing import Any

import numpy as np
import SimpleITK as sitk
from imaging_collection.segmentation.otsu import otsu
from imaging_collection.segmentation.threshold import threshold
from scipy import ndimage
from skimage import filters, measure

from bench.algorithms.case import Case, pixels
from imaging import Image


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
    "otsu": Case(
        lambda image: pixels(otsu(image)), {"SimpleITK": _otsu_simpleitk, "scikit-image": _otsu_skimage}
    ),
    "threshold": Case(
        lambda image: pixels(threshold(image, 300, 600, "largest", "fill")),
        {"SciPy": _threshold_scipy, "scikit-image": _threshold_skimage, "SimpleITK": _threshold_simpleitk},
    ),
}  # fmt: skip

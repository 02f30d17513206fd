"""Two images, and measures: a difference, or lists of numbers."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from dataclasses import replace
from typing import Any

import numpy as np
import SimpleITK as sitk
from imaging_collection.measurement.region_properties import region_properties
from imaging_collection.pairs.compare import compare
from imaging_collection.pairs.subtract import subtract
from scipy import ndimage
from skimage import measure, metrics

from bench.algorithms.case import Case, pixels
from imaging import Image, Labels

# the last of each axis lie on the very border of half the image: rounding decides whether it has a value there
WITHIN = (slice(-1), slice(-1), slice(-1))
COLUMNS = ("voxels", "volume", "mean", "minimum", "maximum")


def _half(image: Image) -> Image:
    """Return an image of half the planes, rows and columns, that must be interpolated."""
    x, y, z = (2 * each for each in image.spacing)
    return replace(image, pixels=np.ascontiguousarray(image.pixels[::2, ::2, ::2]), spacing=(x, y, z))


def _subtract_scipy(image: Image) -> Any:
    half = _half(image).pixels
    values = ndimage.affine_transform(
        half, np.full(3, 0.5), output_shape=image.pixels.shape, output=np.float32, order=1, mode="nearest"
    )
    return np.rint(image.pixels - values).astype(np.int16)[WITHIN]


def _noisy(image: Image) -> Image:
    noise = np.random.default_rng(0).integers(-40, 40, image.pixels.shape)
    return replace(image, pixels=(image.pixels + noise).astype(np.int16))


def _compare(image: Image) -> Any:
    found = compare(image, _noisy(image))
    assert found.ncc is not None and found.ssim is not None
    return np.array([found.mse.value, found.ncc.value, found.ssim.value, found.mutual_information.value])


def _compare_skimage(image: Image) -> Any:
    one, two = image.pixels.astype(np.float64), _noisy(image).pixels.astype(np.float64)
    width = max(one.max(), two.max()) - min(one.min(), two.min())
    alike = [metrics.structural_similarity(a, b, data_range=width) for a, b in zip(one, two, strict=True)]
    joint = np.histogram2d(one.ravel(), two.ravel(), 64)[0] / one.size
    entropies = [-(part[part > 0] * np.log2(part[part > 0])).sum() for part in (joint.sum(0), joint.sum(1), joint)]
    told = entropies[0] + entropies[1] - entropies[2]
    ncc = np.corrcoef(one.ravel(), two.ravel())[0, 1]
    return np.array([metrics.mean_squared_error(one, two), ncc, np.mean(alike), told])


def _labels(image: Image) -> Labels:
    found: Any = ndimage.label(image.pixels > 300)
    return Labels.of(image, found[0])


def _regions(image: Image) -> Any:
    columns: Any = region_properties(image, _labels(image)).regions.columns
    return np.array([columns[name] for name in COLUMNS], float)


def _regions_skimage(image: Image) -> Any:
    found = measure.regionprops(_labels(image).pixels.astype(np.int32), image.pixels, spacing=image.spacing)
    # what our rows have beside the columns, so that both do the same work
    assert all(each.centroid and each.axis_major_length >= 0 and each.axis_minor_length >= 0 for each in found)
    names = ("num_pixels", "area", "intensity_mean", "intensity_min", "intensity_max")
    return np.array([[each[name] for each in found] for name in names], float)


def _regions_simpleitk(image: Image) -> Any:
    labels = sitk.Cast(_labels(image).to_simpleitk(), sitk.sitkUInt32)
    shape, values = sitk.LabelShapeStatisticsImageFilter(), sitk.LabelStatisticsImageFilter()
    shape.Execute(labels)
    values.Execute(image.to_simpleitk(), labels)
    sizes, means = (shape.GetNumberOfPixels, shape.GetPhysicalSize), (values.GetMean,)
    measures = (*sizes, *means, values.GetMinimum, values.GetMaximum)
    return np.array([[one(label) for label in shape.GetLabels()] for one in measures], float)


CASES = {
    "subtract": Case(
        lambda image: pixels(subtract(image, _half(image)))[WITHIN], {"SciPy": _subtract_scipy}, equal=1
    ),
    "compare": Case(_compare, {"scikit-image": _compare_skimage}, equal=0.01),
    "region_properties": Case(
        _regions, {"scikit-image": _regions_skimage, "SimpleITK": _regions_simpleitk}, equal=0.001
    ),
}  # fmt: skip

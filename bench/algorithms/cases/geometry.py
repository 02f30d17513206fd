"""Other grids."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportArgumentType=false
# pyright: reportCallIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# (SciPy and scikit-image have no types, OpenCV's are incomplete)

from typing import Any

import numpy as np
from imaging_collection.geometry.resample_isotropic import resample_isotropic
from scipy import ndimage

from bench.algorithms.case import Case, pixels
from imaging import Image


def _resample_scipy(image: Image) -> Any:
    shape = pixels(resample_isotropic(image, 1.5)).shape
    matrix = [1.5 / distance for distance in image.spacing]
    values = ndimage.affine_transform(image.pixels, matrix, output_shape=shape, output=np.float32, order=1)
    return np.rint(values).astype(np.int16)


CASES = {
    "resample_isotropic": Case(
        lambda image: pixels(resample_isotropic(image, 1.5)), {"SciPy": _resample_scipy}, equal=1
    ),
}  # fmt: skip

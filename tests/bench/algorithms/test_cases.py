"""The candidates compute what the algorithm computes, so that their times can be compared."""

from dataclasses import replace

import numpy as np
import pytest

from bench.algorithms.cases import CASES
from bench.algorithms.image import sample
from imaging import Image

# On these the largest difference is none; elsewhere the definitions differ, and the table says by how much.
SAME = {
    "median_3x3": ["scikit-image", "SciPy", "SimpleITK"],
    "median_5x5": ["scikit-image", "SciPy", "SimpleITK"],
    "unsharp_mask": ["SciPy"],
    "sobel_edges": ["SciPy", "scikit-image"],
    "window": ["scikit-image"],
    "resample_isotropic": ["SciPy"],
    "otsu": ["scikit-image"],
    "threshold": ["SciPy", "scikit-image", "SimpleITK"],
    "subtract": ["SciPy"],
    "compare": ["scikit-image"],
    "region_properties": ["scikit-image", "SimpleITK"],
}


@pytest.fixture(scope="module")
def image() -> Image:
    whole = sample()
    return replace(whole, pixels=np.ascontiguousarray(whole.pixels[8:11, 80:144, 80:144]))


@pytest.mark.parametrize("name", CASES)
def test_candidates_give_the_same_pixels_or_pixels_of_the_same_shape(name: str, image: Image) -> None:
    case = CASES[name]
    ours = case.ours(image)
    for candidate, compute in case.others.items():
        found = compute(image)
        assert found.shape == ours.shape
        away = np.abs(found.astype(np.float64) - ours)
        assert candidate not in SAME.get(name, []) or away.max() <= case.equal, candidate

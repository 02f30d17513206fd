"""`compare` gives the measures of scikit-image and of NumPy, and Dice of labels."""

from dataclasses import replace

import numpy as np
import pytest
from imaging_collection.pairs.compare import Comparison, compare
from skimage import metrics

from imaging import Image, Labels, Transform, UnsupportedInput


@pytest.fixture(scope="module")
def noisy(small_brain: Image) -> Image:
    noise = np.random.default_rng(5).normal(0, 30, small_brain.pixels.shape)
    return replace(small_brain, pixels=(0.8 * small_brain.pixels + noise).astype(np.int16))


@pytest.fixture(scope="module")
def found(small_brain: Image, noisy: Image) -> Comparison:
    return compare(small_brain, noisy)


def test_differences_are_those_of_scikit_image(found: Comparison, small_brain: Image, noisy: Image) -> None:
    one, two = small_brain.pixels.astype(float), noisy.pixels.astype(float)
    assert found.mse.value == pytest.approx(metrics.mean_squared_error(one, two))
    assert found.rmse.value == pytest.approx(np.sqrt(found.mse.value))
    assert found.mae.value == pytest.approx(np.abs(one - two).mean())
    assert found.overlap.value == 100
    assert found.agreement is None


def test_correlation_is_numpys(found: Comparison, small_brain: Image, noisy: Image) -> None:
    assert found.ncc is not None
    assert found.ncc.value == pytest.approx(np.corrcoef(small_brain.pixels.ravel(), noisy.pixels.ravel())[0, 1])


def test_structural_similarity_is_scikit_images(found: Comparison, small_brain: Image, noisy: Image) -> None:
    one, two = small_brain.pixels.astype(float), noisy.pixels.astype(float)
    width = max(one.max(), two.max()) - min(one.min(), two.min())
    planes = [metrics.structural_similarity(a, b, data_range=width) for a, b in zip(one, two, strict=True)]
    assert found.ssim is not None
    assert found.ssim.value == pytest.approx(np.mean(planes), rel=1e-9)


def test_mutual_information_is_that_of_numpys_histogram(found: Comparison, small_brain: Image, noisy: Image) -> None:
    joint = np.histogram2d(small_brain.pixels.ravel(), noisy.pixels.ravel(), bins=64)[0]
    chances = joint / joint.sum()
    entropies = [
        -(each[each > 0] * np.log2(each[each > 0])).sum() for each in (chances.sum(0), chances.sum(1), chances)
    ]
    assert found.mutual_information.value == pytest.approx(entropies[0] + entropies[1] - entropies[2], rel=1e-3)


def test_an_image_is_most_alike_itself(small_brain: Image) -> None:
    same = compare(small_brain, small_brain)
    assert same.ncc is not None and same.ssim is not None
    assert (same.mse.value, same.mae.value) == (0, 0)
    assert (same.ncc.value, same.ssim.value) == (pytest.approx(1), pytest.approx(1))


def test_only_what_both_show_counts(small_brain: Image) -> None:
    half = replace(small_brain, pixels=small_brain.pixels[:, :, :64].copy())
    measured = compare(small_brain, half)
    assert measured.mse.value == pytest.approx(0)
    assert measured.overlap.value == pytest.approx(50)


def test_a_transform_leads_to_the_other_image(small_brain: Image) -> None:
    x, y, z = small_brain.origin
    there = replace(small_brain, origin=(x + 7, y, z))
    assert compare(small_brain, there).mse.value > 100
    assert compare(small_brain, there, transform=Transform(translation=(7.0, 0.0, 0.0))).mse.value < 1e-6


def test_one_value_alone_has_no_correlation_and_few_pixels_no_structure() -> None:
    flat = compare(Image(np.full((1, 1, 1), 7, np.int16)), Image(np.full((1, 1, 1), 9, np.int16)))
    assert (flat.mse.value, flat.mutual_information.value) == (4, 0)
    assert flat.ncc is None and flat.ssim is None


def test_labels_agree_as_dice_and_jaccard_say() -> None:
    image = Image(np.zeros((1, 1, 6), np.int16), spacing=(2.0, 1.0, 1.0))
    one = Labels.of(image, [[[1, 1, 1, 0, 2, 0]]], {1: "left"})
    two = Labels.of(image, [[[1, 1, 0, 0, 0, 3]]], {3: "new"})
    found = compare(image, image, one, two).agreement
    assert found is not None
    assert found.columns == {
        "label": [1, 2, 3],
        "name": ["left", "", "new"],
        "volume": [6, 2, 0],
        "other_volume": [4, 0, 2],
        "dice": [0.8, 0, 0],
        "jaccard": [2 / 3, 0, 0],
    }
    assert found.units == {"volume": "mm3", "other_volume": "mm3"}


def test_what_cannot_be_compared_is_said(small_brain: Image) -> None:
    labels = Labels.of(small_brain, np.zeros(small_brain.pixels.shape, np.uint8))
    with pytest.raises(UnsupportedInput, match=r"both images or of none; labels alone is given\."):
        compare(small_brain, small_brain, labels)
    with pytest.raises(UnsupportedInput, match="no place that this image and other both show"):
        compare(small_brain, replace(small_brain, origin=(9999.0, 0.0, 0.0)))
    with pytest.raises(UnsupportedInput, match="some of other are infinite or not a number"):
        compare(small_brain, Image(np.full((1, 3, 3), np.nan)))

"""What the tests of a plugin import."""

from pathlib import Path

import numpy as np
import pytest

from imaging import Image
from imaging.testing import image_from, run_like_a_worker
from runtime.local.samples import mr_brain

PLUGIN = Path(__file__).parents[1] / "runtime/authoring/tried_plugin.py"


def doubled(image: Image, times: int = 2) -> Image:
    return image.with_values(image.pixels * times)


def test_an_image_of_values() -> None:
    image = image_from([[1, 2], [3, 4]], spacing=(3, 1, 1), modality="CT", unit="HU", dtype="int16")
    assert (image.pixels.shape, image.pixels.dtype.name) == ((1, 2, 2), "int16")
    assert (image.spacing, image.modality, image.unit) == ((3, 1, 1), "CT", "HU")
    with pytest.raises(ValueError, match=r"values of shape \(3,\)"):
        image_from([1, 2, 3])


def test_an_image_of_a_file() -> None:
    assert image_from(mr_brain()[0].path).modality == "MR"


def test_a_function_of_the_test_itself_runs_as_on_a_worker() -> None:
    outcome = run_like_a_worker(doubled, image_from(np.ones((4, 5), np.uint8)), times=3)
    assert outcome.status == "succeeded", outcome.message
    assert outcome.image is not None and outcome.image.pixels.max() == 3
    assert outcome.parameters == {"times": 3}
    assert outcome.files["mosaic.png"].startswith(b"\x89PNG")
    assert outcome.memory_mib >= 0 and outcome.seconds > 0
    refused = run_like_a_worker(doubled, image_from(np.ones((4, 5))), times="three")
    assert (refused.status, refused.code) == ("failed", "invalid_parameters")

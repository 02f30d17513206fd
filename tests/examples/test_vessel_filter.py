"""The vessel map of a real series, as the worker paints it by the declared window."""

from pathlib import Path

import cv2
import numpy as np

from imaging.testing import image_from, run_like_a_worker
from runtime.local.samples import mr_brain

PLUGIN = Path(__file__).parents[2] / "examples/vessel-filter/src/vessel_filter.py"
TISSUE = 150  # in the sample series, air is below


def test_no_plane_of_the_map_is_black_where_there_is_tissue() -> None:
    series = image_from(mr_brain()[0].path.parent)
    outcome = run_like_a_worker(str(PLUGIN), series)
    assert outcome.status == "succeeded", outcome.message
    for number, plane in enumerate(series.pixels, start=1):
        file = np.frombuffer(outcome.files[f"image-preview-{number:04}.png"], np.uint8)
        painted = cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)
        assert painted is not None and painted.shape == plane.shape
        tissue = painted[plane > TISSUE]
        assert np.mean(tissue == 0) < 0.08, number
        assert np.median(tissue) > 30, number
        assert tissue.max() == 255, number

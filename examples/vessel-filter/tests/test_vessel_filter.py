"""Run with `pytest` in this folder; it also runs the rules of `imaging check`."""

import numpy as np
from vessel_filter import WINDOW, vessel_filter

from imaging import Image
from imaging.testing import image_from, run_like_a_worker

ROW, COLUMN = np.mgrid[:48, :48]
LINE = 1000 * np.exp(-((COLUMN - 24) ** 2) / 8)


def test_a_line_stands_out_and_its_ground_does_not() -> None:
    found = vessel_filter(image_from(LINE, dtype="int16")).pixels[0]
    assert found.dtype == np.float32
    assert found[24, 24] > 0.9
    assert found[24, 40] < 0.05


def test_dark_vessels_are_found_if_asked_for() -> None:
    dark = image_from(1000 - LINE, dtype="int16")
    assert vessel_filter(dark, vessels="dark").pixels[0, 24, 24] > 0.9
    assert vessel_filter(dark).pixels[0, 24, 24] < 0.05


def test_the_radius_is_in_mm() -> None:
    fine = vessel_filter(image_from(LINE, spacing=(1, 0.5, 0.5)), radius=1.0).pixels
    coarse = vessel_filter(image_from(LINE), radius=2.0).pixels
    assert np.allclose(fine, coarse, atol=1e-5)


def test_a_worker_shows_the_map_by_its_own_window() -> None:
    source = image_from(LINE, modality="MR", dtype="int16")
    outcome = run_like_a_worker(vessel_filter, source)
    assert outcome.status == "succeeded", outcome.message
    found = outcome.outputs["image"]
    assert isinstance(found, Image)
    shown = found.pixels > WINDOW[0] - WINDOW[1] / 2
    assert shown.mean() > 0.05
    assert outcome.files["image-preview-0001.png"].startswith(b"\x89PNG")

"""Run with `pytest` in this folder; it also runs the rules of `imaging check`."""

import numpy as np
from registration import registration

from imaging import Image
from imaging.testing import image_from, run_like_a_worker

SHIFT = (4.0, -3.0)  # mm, along columns and rows


def blob(across: float = 0.0, down: float = 0.0) -> Image:
    """Return two overlapping ellipsoids, moved within the planes."""
    plane, row, column = np.mgrid[:12, :40, :40].astype(float)
    distance = ((plane - 6) / 4) ** 2 + ((row - 20 - down) / 12) ** 2 + ((column - 18 - across) / 8) ** 2
    other = ((plane - 5) / 3) ** 2 + ((row - 14 - down) / 5) ** 2 + ((column - 24 - across) / 5) ** 2
    return image_from(800 * np.exp(-distance) + 400 * np.exp(-other), spacing=(2, 1, 1), modality="MR", dtype="int16")


def test_a_shift_is_found_and_no_difference_is_left() -> None:
    fixed, moving = blob(), blob(*SHIFT)
    found = registration(fixed, moving=moving, samples=0.5)
    moved = (np.array(found.transform.matrix).reshape(3, 3) @ (20, 20, 12)) + found.transform.translation
    assert np.allclose(moved - (20, 20, 12), (*SHIFT, 0), atol=0.5)
    before = np.abs(moving.pixels.astype(float) - fixed.pixels).mean()
    assert np.abs(found.difference.pixels).mean() < before / 4


def test_a_worker_takes_both_series() -> None:
    outcome = run_like_a_worker(registration, blob(), moving=blob(*SHIFT), iterations=20)
    assert outcome.status == "succeeded", outcome.message
    assert set(outcome.outputs) == {"transform", "difference"}
    assert b"AffineTransform" in outcome.files["transform.tfm"]
    missing = run_like_a_worker(registration, blob())
    assert (missing.status, missing.code) == ("failed", "input_unsupported")
    assert missing.message == "Input `moving` is required, and the job names none."

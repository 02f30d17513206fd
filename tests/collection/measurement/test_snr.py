"""`snr` measures the signal and the noise that were put in."""

import numpy as np
import pytest
from imaging_collection.measurement.snr import snr

from imaging import Image, UnsupportedInput

ROW, COLUMN = np.mgrid[:96, :96]
DISC = (ROW - 48) ** 2 + (COLUMN - 48) ** 2 < 1600


@pytest.mark.parametrize("noise", [5.0, 40.0])
def test_signal_and_noise_are_those_that_were_put_in(noise: float) -> None:
    pixels = 800.0 * DISC + np.random.default_rng(1).normal(0, noise, (3, 96, 96))
    measured = snr(Image(pixels.astype(np.float32))).measurements
    assert measured["signal"] == pytest.approx(800, rel=0.02)
    assert measured["noise"] == pytest.approx(noise, rel=0.05)
    assert measured["snr"] == pytest.approx(800 / noise, rel=0.06)
    assert measured["snr_db"] == pytest.approx(20 * np.log10(800 / noise), abs=0.6)


def test_on_ct_the_signal_counts_from_air() -> None:
    pixels = np.where(DISC, 0, -1000) + np.random.default_rng(2).normal(0, 20, (1, 96, 96))
    measured = snr(Image(np.rint(pixels).astype(np.int16), unit="HU")).measurements
    assert measured["signal_hu"] == pytest.approx(1000, rel=0.02)
    assert measured["snr"] == pytest.approx(50, rel=0.06)


def test_noise_on_a_real_image_lowers_it(brain: Image) -> None:
    ratios = [
        float(
            snr(Image(brain.pixels + np.random.default_rng(3).normal(0, noise, brain.pixels.shape))).measurements["snr"]
        )
        for noise in (0.0, 20.0, 60.0)
    ]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[0] > 2 * ratios[2]


def test_planes_without_body_do_not_count() -> None:
    pixels = 800.0 * DISC + np.random.default_rng(4).normal(0, 10, (3, 96, 96))
    pixels[1] = 0
    assert snr(Image(pixels)).measurements["noise"] == pytest.approx(10, rel=0.05)


def test_without_noise_there_is_no_ratio() -> None:
    result = snr(Image((800 * DISC)[np.newaxis].astype(np.int16), (1.0, 1.0, 1.0)))
    assert set(result.measurements) == {"signal", "noise"}
    assert result.missing == ("The ratio has no value: there is no noise, or no signal.",)


def test_a_body_too_thin_is_refused() -> None:
    pixels = np.zeros((1, 9, 9), np.int16)
    pixels[0, 4] = 100
    with pytest.raises(UnsupportedInput, match="no 3 x 3 pixels of body"):
        snr(Image(pixels))

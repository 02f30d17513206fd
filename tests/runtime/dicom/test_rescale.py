"""Stored values to values: of 64 bits, and on scales that contradict each other."""

from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.rescale import rescale
from runtime.dicom.show.voi import Voi
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)


def plane(slope: float, intercept: float) -> Plane:
    return Plane(1, 2, None, None, (1, 1), "unknown", None, slope, float(intercept), "", Voi(), 1)


@pytest.mark.parametrize(
    ("stored", "intercept", "values"),
    [
        (np.array([5, 2**64 - 1], np.uint64), -5, np.array([0, 2**64 - 6], np.uint64)),
        (np.array([5, 2**63], np.uint64), -6, np.array([-1, 2**63 - 6], np.int64)),
        (np.array([-(2**63), 0], np.int64), 7, np.array([7 - 2**63, 7], np.int64)),
        (np.array([0, 2**32 - 1], np.uint32), -1, np.array([-1, 2**32 - 2], np.int64)),
    ],
)
def test_an_intercept_is_added_without_overflow(stored: Any, intercept: float, values: Any) -> None:
    (found,) = rescale([stored], [plane(1, intercept)])
    assert found.dtype == values.dtype and found.tolist() == values.tolist()


@pytest.mark.parametrize(
    ("stored", "intercept"), [(np.array([0, 2**64 - 1], np.uint64), -1), (np.array([-(2**63)], np.int64), -1)]
)
def test_values_beyond_64_bits_are_refused(stored: Any, intercept: float) -> None:
    with pytest.raises(PermanentError, match="64 bits cannot hold"):
        rescale([stored], [plane(1, intercept)])


@pytest.mark.parametrize(
    ("attributes", "first"),
    [({}, 0.5), ({"RescaleSlope": 1, "RescaleIntercept": 0}, 0.5), ({"RescaleSlope": 0.5, "RescaleIntercept": 0}, 0.5)],
)
def test_a_dose_is_multiplied_by_its_scaling_whatever_else_says_nothing(
    write: Write, attributes: dict[str, Any], first: float
) -> None:
    # PS3.3 C.8.8.3: DoseGridScaling, multiplied by the pixels, gives the dose
    pixels = read_image([write(PIXELS, Modality="RTDOSE", DoseGridScaling="0.5", **attributes)]).pixels
    assert pixels[0, 0, 1] == first


@pytest.mark.parametrize("attributes", [{"RescaleSlope": 2}, {"RescaleSlope": 1, "RescaleIntercept": 3}])
def test_a_dose_on_two_scales_is_refused(write: Write, attributes: dict[str, Any]) -> None:
    with pytest.raises(PermanentError, match="both a DoseGridScaling and another rescale"):
        read_image([write(PIXELS, Modality="RTDOSE", DoseGridScaling="0.5", **attributes)])


@pytest.mark.parametrize(
    "attributes", [{"Modality": "RTDOSE"}, {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.481.2", "RescaleSlope": "2"}]
)
def test_a_dose_without_its_factor_is_none(write: Write, attributes: dict[str, Any]) -> None:
    for stated in (None, ""):
        with pytest.raises(PermanentError, match="has no DoseGridScaling") as caught:
            read_image([write(PIXELS, DoseGridScaling=stated, **attributes)])
        assert caught.value.code == "input_unreadable"


@pytest.mark.parametrize(("slope", "intercept"), [(0.01, 1e6), (1e-46, 0), (1, 16777217.5), (-3e-39, 0)])
def test_neighbouring_values_stay_apart(slope: float, intercept: float) -> None:
    stored = np.arange(4000, dtype=np.uint16)
    (values,) = rescale([stored], [plane(slope, intercept)])
    assert values.dtype == np.float64 and np.array_equal(values, stored * slope + intercept)


def test_values_of_16_bits_are_single_precision_if_that_suffices() -> None:
    (values,) = rescale([np.array([0, 65535], np.uint16)], [plane(0.25, -1000)])
    assert values.dtype == np.float32 and values.tolist() == [-1000, 15383.75]

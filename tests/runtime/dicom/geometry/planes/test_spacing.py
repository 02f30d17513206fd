"""Where the pixel spacing of a projection holds (PS3.3 10.7.1)."""

from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.errors import PermanentError
from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

PIXELS = np.zeros((4, 6), np.uint16)
UNPLACED = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
CAPTURE = {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7", "Modality": "OT"}
GROUPS = ("PixelSpacingCalibrationType", "ImagerPixelSpacing", "NominalScannedPixelSpacing")
SAME, OTHER = [0.5, 0.25], [0.6, 0.3]


def meaning(write: Write, **attributes: Any) -> str:
    """Return what the PACS API says a length of 0.5 and 0.25 mm means, and an algorithm is told."""
    path = write(PIXELS, **{**UNPLACED, "PixelSpacing": SAME, **attributes})
    image, plane = read_image([path]), summary(path)["planes"][0]
    assert image.spacing[1:] == plane["pixel_spacing"] == (0.5, 0.25) and plane["spacing_known"]
    assert image.source["PixelSpacingMeaning"] == plane["spacing_meaning"]
    return plane["spacing_meaning"]


@pytest.mark.parametrize("modality", ["CR", "DX", "MG", "XA", "RF", "IO", "PX", "RG"])
def test_whether_a_projection_was_calibrated_is_not_known_without_more(write: Write, modality: str) -> None:
    assert meaning(write, Modality=modality) == "undetermined"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((None, SAME, None), "detector"),
        ((None, None, SAME), "film"),
        ((None, OTHER, None), "adjusted"),
        ((None, None, OTHER), "adjusted"),
        (("FIDUCIAL", None, None), "calibrated"),
        (("FIDUCIAL", OTHER, None), "calibrated"),
        (("GEOMETRY", None, None), "corrected"),
        (("GEOMETRY", SAME, None), "corrected"),
        (("GEOMETRY ", OTHER, None), "corrected"),
        (("", None, None), "undetermined"),
        (("OTHER", None, None), "undetermined"),  # none of the enumerated values: it says nothing
        (("OTHER", OTHER, None), "adjusted"),
    ],
)
@pytest.mark.parametrize("kind", [{"Modality": "DX"}, CAPTURE])
def test_further_attributes_say_what_was_done(write: Write, kind: Any, values: Any, expected: str) -> None:
    assert meaning(write, **kind, **dict(zip(GROUPS, values, strict=True))) == expected


@pytest.mark.parametrize("kind", [{"Modality": "XA"}, {"Modality": "MG"}, CAPTURE])
def test_a_section_is_measured_in_the_patient_whatever_made_it(write: Write, kind: Any) -> None:
    place = {"ImagePositionPatient": [0, 0, 0], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
    assert meaning(write, **kind, **place, NominalScannedPixelSpacing=OTHER) == "patient"  # PS3.3 A.8.1.3
    assert meaning(write, **kind, ImagePositionPatient=[0, 0, 0]) == "undetermined"


def test_planes_whose_lengths_mean_different_things_are_no_image(write: Write) -> None:
    stated: list[Any] = [{"PixelSpacingCalibrationType": "FIDUCIAL"}, {"PixelSpacingCalibrationType": "GEOMETRY"}]
    paths = [
        write(PIXELS, **{**UNPLACED, "Modality": "DX", "InstanceNumber": at, **each}) for at, each in enumerate(stated)
    ]
    with pytest.raises(PermanentError, match=r"differ in what their pixel spacing means \("):
        read_image(paths, "any")

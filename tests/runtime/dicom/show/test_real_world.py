"""Real world values: what a file says beside slope and intercept is told, with its unit, and never applied."""

from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.dicom.parse.load import load
from runtime.dicom.show.real_world import RealWorldValues
from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

PIXELS = np.arange(48, dtype=np.int16).reshape(2, 4, 6)
WITHOUT_PLACE = {"ImagePositionPatient": None, "ImageOrientationPatient": None, "WindowCenter": None}


def item(**attributes: Any) -> Dataset:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def mapping(slope: float | None, code: str, scheme: str = "UCUM") -> Dataset:
    unit = item(CodeValue=code, CodingSchemeDesignator=scheme, CodeMeaning="in words")
    made = item(LUTLabel="ADC", MeasurementUnitsCodeSequence=[unit])
    made.add_new("RealWorldValueFirstValueMapped", "US", 65535)  # its VR is not that of signed pixels: -1
    made.add_new("RealWorldValueLastValueMapped", "US", 100)
    if slope is not None:
        made.RealWorldValueSlope, made.RealWorldValueIntercept = slope, 0.5
    return made


def test_each_frame_has_its_own_mapping_or_the_shared_one(write: Write) -> None:
    own = item(RealWorldValueMappingSequence=[mapping(1e-6, "mm2/s"), mapping(None, "X", "99OWN")])
    shared = item(RealWorldValueMappingSequence=[mapping(2, "1")])
    path = write(
        PIXELS,
        NumberOfFrames=2,
        PerFrameFunctionalGroupsSequence=[own, item()],
        SharedFunctionalGroupsSequence=[shared],
        **WITHOUT_PLACE,
    )
    first = (
        RealWorldValues("ADC", "mm2/s", -1, 100, 1e-6, 0.5),
        RealWorldValues("ADC", "in words", -1, 100, None, None),
    )
    second = (RealWorldValues("ADC", "1", -1, 100, 2, 0.5),)
    image = read_image([path])
    assert image.source["RealWorldValues"] == (first, second)
    assert (image.unit, np.array_equal(image.pixels, PIXELS)) == ("", True)
    planes = summary(path)["planes"]
    assert [each["unit"] for each in planes[0]["real_world_values"]] == ["mm2/s", "in words"]
    assert planes[1]["slope"] == 1


def test_a_damaged_mapping_says_nothing(write: Write) -> None:
    damaged = item(LUTLabel="x", RealWorldValueSlope=float("inf"), RealWorldValueIntercept=0.0)
    path = write(PIXELS[0], RealWorldValueMappingSequence=[damaged])
    assert summary(path)["planes"][0]["real_world_values"] == [
        RealWorldValues("x", "", None, None, None, None)._asdict()
    ]
    assert "RealWorldValues" not in read_image([write(PIXELS[0])]).source
    assert load(path).RealWorldValueMappingSequence


@pytest.mark.parametrize("alike", [True, False])
def test_planes_that_are_interpolated_have_what_all_planes_say(write: Write, alike: bool) -> None:
    pytest.importorskip("SimpleITK")
    places = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "PixelSpacing": [1, 1]}
    paths = [
        write(
            PIXELS[0],
            ImagePositionPatient=[0, 0, z],
            RealWorldValueMappingSequence=[mapping(1 if alike else z, "1")],
            **places,
        )
        for z in (1, 2, 4)
    ]
    image = read_image(paths, "resampled")
    assert len(image.source.get("RealWorldValues", ())) == (len(image.pixels) if alike else 0)

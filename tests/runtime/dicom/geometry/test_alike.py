"""Values of different meanings are no volume, which the stack of a series says before a job does."""

from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.series.volumes import volumes_of
from runtime.dicom.geometry.stack import good_for
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)


def modality_table() -> list[Dataset]:
    item = Dataset()
    item.add_new("LUTDescriptor", "SS", [2, 0, 16])
    item.add_new("LUTData", "OW", b"\0\0\0\1")
    item.ModalityLUTType = "US"
    return [item]


@pytest.mark.parametrize(
    ("common", "other", "reason"),
    [
        ({}, {"PhotometricInterpretation": "MONOCHROME1"}, "different kinds (2 MONOCHROME2, 1 MONOCHROME1)"),
        ({"Modality": "CT"}, {"Modality": "PT"}, "measured differently (2 CT, 1 PT)"),
        ({"Modality": "US"}, {"Modality": "MR"}, "measured differently (2 US, 1 MR)"),
        # PS3.3 C.8.9.1
        ({"Modality": "PT", "Units": "BQML"}, {"Units": "CNTS"}, "measured differently (2 PT BQML, 1 PT CNTS)"),
        # PS3.3 C.11.1.1.2
        ({"RescaleType": "HU_MOD"}, {"RescaleType": "Z_EFF"}, "measured differently (2 MR HU_MOD, 1 MR Z_EFF)"),
        ({}, {"ModalityLUTSequence": modality_table()}, "different scales (2 with neither, 1 with a modality lookup"),
    ],
)
def test_values_of_different_meanings_are_no_volume(
    write: Write, common: dict[str, Any], other: dict[str, Any], reason: str
) -> None:
    paths = [write(PIXELS, ImagePositionPatient=[0, 0, z], **{**common, **(other if z == 2 else {})}) for z in range(3)]
    planes = [plane for path in paths for plane in describe(load(path))]
    assert good_for(planes) == ()
    for needs in ("regular", "any"):
        with pytest.raises(PermanentError) as caught:
            read_image(paths, needs)
        assert reason in caught.value.message


def test_a_table_and_a_rescale_contradict_each_other(write: Write) -> None:
    # PS3.3 C.11.1: either a modality table or slope and intercept, not both; a rescale that changes nothing is none
    table = {"ModalityLUTSequence": modality_table(), "RescaleSlope": 1}
    read_image([write(PIXELS, **table, RescaleIntercept=0)])
    with pytest.raises(PermanentError, match="both a modality lookup table and a rescale"):
        read_image([write(PIXELS, **table, RescaleIntercept=-1024)])


def test_a_series_with_one_plane_of_another_kind_is_offered_without_it(write: Write) -> None:
    paths = [
        write(PIXELS, ImagePositionPatient=[0, 0, z], PhotometricInterpretation=f"MONOCHROME{1 if z == 2 else 2}")
        for z in range(3)
    ]
    volumes = volumes_of([plane for path in paths for plane in describe(load(path))])
    assert [(each.distinction, each.places) for each in volumes] == [
        ({"Kind": "MONOCHROME2"}, (0, 1)),
        ({"Kind": "MONOCHROME1"}, (2,)),
    ]


def test_a_unit_that_goes_without_saying_is_that_unit(write: Write) -> None:
    # PS3.3 C.8.2.1.1.2: HU may be left out of a CT Image
    scaled = {
        "Modality": "CT",
        "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2",
        "RescaleSlope": 1,
        "RescaleIntercept": -1024,
    }
    paths = [
        write(PIXELS, ImagePositionPatient=[0, 0, z], RescaleType=stated, **scaled)
        for z, stated in enumerate(("HU", None))
    ]
    assert read_image(paths).unit == "HU"

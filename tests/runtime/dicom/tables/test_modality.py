"""Which modality tables lead to the values that are shown (PS3.3 C.11.1, C.8.7.1.1.2)."""

from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.dicom.show.look import picture
from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

STORED = np.array([[0, 64, 128, 255]], np.uint8)
XA = "1.2.840.10008.5.1.4.1.1.12.1"


def written(write: Write, kind: str, relation: str | None) -> Any:
    table = Dataset()
    table.add_new("LUTDescriptor", "US", [256, 0, 16])
    table.ModalityLUTType = "US"
    table.add_new("LUTData", "OW", (np.arange(256, dtype="<u2") ** 2).tobytes())
    return write(
        STORED, SOPClassUID=kind, PixelIntensityRelationship=relation, ModalityLUTSequence=[table],
        RescaleSlope=None, RescaleIntercept=None, WindowCenter=128, WindowWidth=256,
    )  # fmt: skip


@pytest.mark.parametrize("relation", ["LOG", "DISP"])
@pytest.mark.parametrize("kind", [XA, "1.2.840.10008.5.1.4.1.1.12.2"])
def test_a_table_back_to_the_beams_intensity_is_told_and_not_applied(write: Write, kind: str, relation: str) -> None:
    path = written(write, kind, relation)
    image = read_image([path])
    assert image.pixels[0].tolist() == STORED.tolist()
    assert picture(image.pixels[0], image.source["Looks"][0]).tolist() == STORED.tolist()
    told = summary(path)
    assert (told["type"], told["not_applied"]) == ("uint16", ("ModalityLUTSequence",))


@pytest.mark.parametrize(("kind", "relation"), [(XA, "LIN"), (XA, None), ("1.2.840.10008.5.1.4.1.1.1", "LOG")])
def test_any_other_table_is_applied(write: Write, kind: str, relation: str | None) -> None:
    path = written(write, kind, relation)
    assert read_image([path]).pixels[0].tolist() == (STORED.astype(int) ** 2).tolist()
    assert summary(path)["not_applied"] == ()

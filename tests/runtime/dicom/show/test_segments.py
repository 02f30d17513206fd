"""DICOM segmentations: a real one, and what is refused."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from pydicom import Dataset

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.dicom.show.segments import segments
from runtime.errors import PermanentError
from runtime.pacs.decoding.values import summarise
from tests.runtime.dicom.files import FILES, liver


def read(dataset: Any) -> Any:
    out = BytesIO()
    dataset.save_as(out)
    return load(out.getvalue())


def test_a_real_segmentation_names_segments_series_and_each_frames_place() -> None:
    dataset = liver()
    group = dataset.PerFrameFunctionalGroupsSequence[0]
    shared = dataset.SharedFunctionalGroupsSequence[0]
    found = segments(read(dataset))
    assert (found["rows"], found["columns"], found["most"]) == (dataset.Rows, dataset.Columns, 1)
    assert found["series_instance_uids"] == [dataset.ReferencedSeriesSequence[0].SeriesInstanceUID]
    assert [each["name"] for each in found["segments"]] == [each.SegmentLabel for each in dataset.SegmentSequence]
    (frame,) = found["frames"]
    assert frame["segment"] == group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    assert frame["position"] == tuple(map(float, group.PlanePositionSequence[0].ImagePositionPatient))
    assert frame["pixel_spacing"] == tuple(map(float, shared.PixelMeasuresSequence[0].PixelSpacing))


@pytest.mark.parametrize(
    ("shade", "colour"),
    # The sRGB primaries and white in CIELab of D50, as colour science gives them.
    [((100, 0, 0), "#ffffff"), ((54.29, 80.81, 69.89), "#ff0000"), ((29.57, 68.30, -112.03), "#0000ff")],
)
def test_a_recommended_colour_is_shown_as_srgb(shade: tuple[float, float, float], colour: str) -> None:
    dataset = liver()
    light, a, b = shade
    dataset.SegmentSequence[0].RecommendedDisplayCIELabValue = [
        round(light / 100 * 65535), round((a + 128) / 255 * 65535), round((b + 128) / 255 * 65535),
    ]  # fmt: skip
    found = segments(read(dataset))["segments"][0]["colour"]
    near = [abs(int(found[at : at + 2], 16) - int(colour[at : at + 2], 16)) for at in (1, 3, 5)]
    assert max(near) <= 3, found


def test_what_is_no_segmentation_or_contradicts_itself_is_refused() -> None:
    with pytest.raises(PermanentError, match="no segmentation"):
        segments(load(FILES / "CT_small.dcm"))
    dataset = liver()
    group = dataset.PerFrameFunctionalGroupsSequence[0]
    group.SegmentIdentificationSequence[0].ReferencedSegmentNumber = 77
    with pytest.raises(PermanentError, match=r"Frame 1 .* does not name"):
        segments(read(dataset))
    dataset = liver()
    dataset.SegmentationType = "FRACTIONAL"
    with pytest.raises(PermanentError, match="FRACTIONAL"):
        segments(read(dataset))
    dataset.MaximumFractionalValue = 200
    assert segments(read(dataset))["most"] == 200


def label_map(bits: int = 8) -> Any:
    dataset = liver()
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.66.7"
    dataset.SegmentationType = "LABELMAP"
    dataset.add_new("PixelPaddingValue", "US", 0)
    dataset.BitsAllocated = dataset.BitsStored = bits
    dataset.HighBit = bits - 1
    (named,) = dataset.SegmentSequence
    background = Dataset()
    background.SegmentNumber, background.SegmentLabel = 0, "Background"
    named.SegmentNumber = 12
    dataset.SegmentSequence = [background, named]
    del dataset.PerFrameFunctionalGroupsSequence[0].SegmentIdentificationSequence
    dataset.PixelData = bytes(dataset.Rows * dataset.Columns * bits // 8)
    return dataset


@pytest.mark.parametrize("bits", [8, 16])
def test_the_values_of_a_label_map_name_its_segments_and_its_padding_is_none(bits: int) -> None:
    found = segments(read(label_map(bits)))
    assert [each["number"] for each in found["segments"]] == [12]
    assert [each["segment"] for each in found["frames"]] == [None]
    assert found["most"] == 2**bits - 1
    assert found["frames"][0]["position"] is not None


def test_a_label_map_of_other_pixels_is_refused() -> None:
    dataset = label_map()
    dataset.SegmentationType = "BINARY"
    with pytest.raises(PermanentError, match="type BINARY"):
        segments(read(dataset))


def test_the_values_of_a_label_map_with_a_palette_are_its_segments_and_the_palette_gives_their_colours() -> None:
    dataset = label_map()
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    dataset.SegmentSequence[1].RecommendedDisplayCIELabValue = [65535, 32896, 32896]
    values = np.zeros((1, dataset.Rows, dataset.Columns), np.uint8)
    values[0, :2, :3] = 12
    dataset.PixelData = values.tobytes()
    with pytest.raises(PermanentError, match="palette"):
        segments(read(dataset))
    for colour, shade in zip(("Red", "Green", "Blue"), (0x12, 0xAB, 0xEF), strict=True):
        # 13 entries from 0 on, of 16 bits: the upper ones count.
        dataset.add_new(f"{colour}PaletteColorLookupTableDescriptor", "US", [13, 0, 16])
        setattr(dataset, f"{colour}PaletteColorLookupTableData", np.array([0] * 12 + [shade << 8], "<u2").tobytes())
    parsed = read(dataset)
    found = segments(parsed)["segments"]
    assert [(each["number"], each["colour"]) for each in found] == [(12, "#12abef")]
    np.testing.assert_array_equal(decode(parsed), values)
    summary, _ = summarise(parsed)
    assert (summary["type"], summary["samples"]) == ("uint16", 1)

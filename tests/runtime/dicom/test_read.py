"""Files to the Image that an algorithm takes."""

import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import UID

from runtime.dicom import read_image
from runtime.errors import PermanentError
from runtime.local.samples import mr_brain
from tests.runtime.dicom.files import FILES, Write

# Warnings of pydicom are silenced outside of tests; pytest turns them on again.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
FLAT = [1, 0, 0, 0, 1, 0]


def refused(paths: list[Path], code: str) -> str:
    with pytest.raises(PermanentError) as caught:
        read_image(paths)
    assert caught.value.code == code
    return caught.value.message


def plane(value: int) -> np.ndarray:
    return np.full((4, 6), value, np.int16)


def test_a_real_series_is_a_volume_in_the_order_of_space() -> None:
    sample = mr_brain()
    paths = [image.path for image in sample]
    Random(1).shuffle(paths)
    image = read_image(paths)
    stored = np.stack([pydicom.dcmread(one.path).pixel_array for one in sample])
    assert np.array_equal(image.pixels, stored) and image.pixels.dtype == np.int16
    # By the positions; the header's SpacingBetweenSlices (2 mm) and SliceThickness (5 mm) are both wrong.
    assert image.spacing == pytest.approx((7.0005, 0.859375, 0.859375), abs=1e-4)
    assert image.origin == (-110.5, -78.3063, -72.7575)
    assert image.direction == pytest.approx((1, 0, 0, 0, 0.99096, -0.134158, 0, 0.134158, 0.99096))
    assert (image.modality, image.unit) == ("MR", "")
    assert image.source["StudyInstanceUID"] == sample[0].study_id
    assert image.source["SeriesInstanceUID"] == sample[0].series_id
    assert image.source["SOPInstanceUIDs"] == tuple(one.image_id for one in sample)
    assert (image.source["WindowCenter"], image.source["WindowWidth"]) == (None, None)  # 0/0 is no window


def test_the_origin_and_direction_lead_to_the_last_planes_position() -> None:
    paths = [one.path for one in mr_brain()]
    image = read_image(paths)
    normal = np.array(image.direction).reshape(3, 3)[:, 2]
    last = np.array(image.origin) + normal * image.spacing[0] * (len(paths) - 1)
    assert last == pytest.approx(np.array(pydicom.dcmread(paths[-1]).ImagePositionPatient, float), abs=0.1)


def test_ct_is_in_hounsfield_units_and_stays_integer() -> None:
    image = read_image([FILES / "CT_small.dcm"])
    stored = pydicom.dcmread(FILES / "CT_small.dcm")
    assert image.pixels.shape == (1, 128, 128) and image.pixels.dtype == np.int16
    assert np.array_equal(image.pixels[0], stored.pixel_array.astype(int) - 1024)
    assert (image.unit, image.modality) == ("HU", "CT")
    assert image.spacing == pytest.approx((5, 0.661468, 0.661468))


@pytest.mark.parametrize("name", ["MR_small_RLE", "MR_small_jp2klossless", "MR_small_jpeg_ls_lossless"])
def test_lossless_syntaxes_hold_the_same_values(name: str) -> None:
    plain = read_image([FILES / "MR_small.dcm"])
    assert np.array_equal(read_image([FILES / f"{name}.dcm"]).pixels, plain.pixels)
    assert plain.source["WindowCenter"] == 600.0 and plain.source["WindowWidth"] == 1600.0


@pytest.mark.parametrize("name", ["MR_small_bigendian", "MR_small_implicit", "MR_small_expb"])
def test_every_byte_order(name: str) -> None:
    assert np.array_equal(read_image([FILES / f"{name}.dcm"]).pixels, read_image([FILES / "MR_small.dcm"]).pixels)


def test_twelve_bit_jpeg_is_decoded_to_its_published_values() -> None:
    pixels = read_image([FILES / "JPGExtended.dcm"]).pixels[0]
    assert (pixels[420, 140], pixels[230, 120]) == (244, 95)  # as pydicom's own tests have them


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("examples_rgb_color", (1, 240, 320, 3)),
        ("examples_ybr_color", (30, 240, 320, 3)),
        ("examples_palette", (1, 350, 800, 3)),
        ("SC_rgb_rle_2frame", (2, 100, 100, 3)),
    ],
)
def test_colour_becomes_rgb(name: str, shape: tuple[int, ...]) -> None:
    image = read_image([FILES / f"{name}.dcm"])
    assert image.pixels.shape == shape and image.pixels.dtype == np.uint8
    assert image.source["PhotometricInterpretation"] == "RGB"


def test_colour_spaces_agree() -> None:
    rgb = read_image([FILES / "SC_rgb_rle.dcm"]).pixels.astype(int)
    ybr = read_image([FILES / "SC_ybr_full_422_uncompressed.dcm"]).pixels.astype(int)
    assert np.abs(np.median(rgb - ybr)) <= 2


def test_slopes_may_differ_from_slice_to_slice(write: Write) -> None:
    paths = [
        write(plane(10), Modality="PT", RescaleSlope=slope, RescaleIntercept=0, ImagePositionPatient=[0, 0, z])
        for z, slope in ((0, 0.5), (3, 2.0), (6, 1.0))
    ]
    image = read_image(paths)
    assert image.pixels.dtype == np.float32
    assert image.pixels[:, 0, 0].tolist() == [5.0, 20.0, 10.0]


@pytest.mark.parametrize(
    ("value", "intercept", "dtype"),
    [(0, -1024, np.int16), (65535, 0, np.uint16), (65535, -1024, np.uint16), (0, -40000, np.int32)],
)
def test_whole_intercepts_keep_integers(write: Write, value: int, intercept: int, dtype: type) -> None:
    stored = np.full((4, 6), value, np.uint16)
    image = read_image([write(stored, RescaleSlope=1, RescaleIntercept=intercept)])
    assert image.pixels.dtype == dtype and (image.pixels == value + intercept).all()


def test_monochrome1_keeps_its_values_and_says_so(write: Write) -> None:
    image = read_image([write(plane(7), PhotometricInterpretation="MONOCHROME1")])
    assert (image.pixels == 7).all() and image.source["PhotometricInterpretation"] == "MONOCHROME1"


def test_without_positions_the_instance_number_orders(write: Write) -> None:
    silent = {
        "ImagePositionPatient": None,
        "ImageOrientationPatient": None,
        "SpacingBetweenSlices": 4,
        "SliceLocation": None,
    }
    paths = [write(plane(number), InstanceNumber=number, **silent) for number in (10, 9, 8)]
    image = read_image(paths)
    assert image.pixels[:, 0, 0].tolist() == [8, 9, 10]
    assert image.spacing[0] == 4.0
    assert image.direction == (1, 0, 0, 0, 1, 0, 0, 0, 1) and image.origin == (0, 0, 0)


@pytest.mark.parametrize(
    ("attributes", "spacing"),
    [
        ({"SpacingBetweenSlices": 4, "SliceThickness": 3}, 4.0),
        ({"SpacingBetweenSlices": None, "SliceThickness": 3}, 3.0),
        ({"SpacingBetweenSlices": None, "SliceThickness": None}, 1.0),
        ({"SpacingBetweenSlices": -2.5, "SliceThickness": 3}, 2.5),
    ],
)
def test_plane_spacing_of_a_single_plane(write: Write, attributes: dict[str, float], spacing: float) -> None:
    assert read_image([write(plane(1), **attributes)]).spacing[0] == spacing


def test_pixel_spacing_falls_back_to_the_detectors(write: Write) -> None:
    path = write(plane(1), PixelSpacing=None, ImagerPixelSpacing=[0.2, 0.1])
    assert read_image([path]).spacing[1:] == (0.2, 0.1)
    assert read_image([write(plane(1), PixelSpacing=None)]).spacing[1:] == (1.0, 1.0)


def test_sagittal_planes_are_ordered_along_their_normal(write: Write) -> None:
    sagittal = [0, 1, 0, 0, 0, -1]  # its normal is (-1, 0, 0)
    paths = [write(plane(x), ImagePositionPatient=[x, 0, 0], ImageOrientationPatient=sagittal) for x in (2, 4, 6)]
    image = read_image(paths)
    assert image.pixels[:, 0, 0].tolist() == [6, 4, 2] and image.origin == (6.0, 0.0, 0.0)


def test_a_cine_at_one_place_is_no_volume(write: Write) -> None:
    paths = [
        write(plane(n), InstanceNumber=n, ImagePositionPatient=[0, 0, 0], SliceThickness=8, SpacingBetweenSlices=None)
        for n in (3, 1, 2)
    ]
    assert "3 planes at 1 position," in refused(paths, "input_unsupported")


def test_an_enhanced_file_has_its_geometry_frame_by_frame(write: Write) -> None:
    def item(**attributes: object) -> Dataset:
        made = Dataset()
        for keyword, value in attributes.items():
            setattr(made, keyword, value)
        return made

    def group(**attributes: object) -> DicomSequence:
        return DicomSequence([item(**attributes)])

    frames = [
        item(
            PlanePositionSequence=group(ImagePositionPatient=[0, 0, z]),
            PixelValueTransformationSequence=group(RescaleSlope=1, RescaleIntercept=z),
        )
        for z in (5, 0, 2.5)
    ]
    shared = item(
        PlaneOrientationSequence=group(ImageOrientationPatient=FLAT),
        PixelMeasuresSequence=group(PixelSpacing=[0.5, 0.25], SliceThickness=9),
        FrameVOILUTSequence=group(WindowCenter=100, WindowWidth=200),
    )
    path = write(
        np.stack([plane(50), plane(0), plane(25)]),
        NumberOfFrames=3,
        PerFrameFunctionalGroupsSequence=frames,
        SharedFunctionalGroupsSequence=[shared],
        **dict.fromkeys(
            (
                "ImagePositionPatient",
                "ImageOrientationPatient",
                "PixelSpacing",
                "SliceThickness",
                "WindowCenter",
                "WindowWidth",
                "SpacingBetweenSlices",
            )
        ),
    )
    image = read_image([path])
    assert image.pixels[:, 0, 0].tolist() == [0.0, 27.5, 55.0]
    assert image.spacing == (2.5, 0.5, 0.25)
    assert (image.source["WindowCenter"], image.source["WindowWidth"]) == (100.0, 200.0)


def test_dose_planes_lie_at_their_offsets() -> None:
    image = read_image([FILES / "rtdose.dcm"])
    stored = pydicom.dcmread(FILES / "rtdose.dcm")
    assert image.pixels.shape == (15, 10, 10) and image.spacing[0] == 5.0
    assert image.pixels.max() == pytest.approx(stored.pixel_array.max() * stored.DoseGridScaling)


def test_what_has_no_pixels_is_passed_over(write: Write) -> None:
    image = read_image([FILES / "test-SR.dcm", write(plane(1)), FILES / "reportsi.dcm"])
    assert image.pixels.shape == (1, 4, 6)
    assert "without pixels" in refused([FILES / "test-SR.dcm"], "input_unreadable")


def test_planes_that_are_no_stack_are_refused(write: Write) -> None:
    here = [write(plane(1), ImagePositionPatient=[0, 0, z]) for z in range(3)]
    assert "size (3 of 4 x 6, 1 of 5 x 6)" in refused([*here, write(np.zeros((5, 6), np.int16))], "input_unsupported")
    turned = write(plane(1), ImageOrientationPatient=[0, 1, 0, 0, 0, -1])
    assert "orientation" in refused([*here, turned], "input_unsupported")
    coarser = write(plane(1), PixelSpacing=[9, 9], ImagePositionPatient=[0, 0, 9])
    assert "pixel spacing" in refused([*here, coarser], "input_unsupported")
    again = write(plane(1), ImagePositionPatient=[0, 0, 1])
    assert "4 planes at 3 positions" in refused([*here, again], "input_unsupported")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MR_truncated", "Explicit VR Little Endian (1.2.840.10008.1.2.1)"),
        ("JPEG2000-embedded-sequence-delimiter", "JPEG 2000 Image Compression (1.2.840.10008.1.2.4.91)"),
        ("badVR", "NumberOfFrames"),
        ("rtstruct", "not a DICOM file"),
    ],
)
def test_what_cannot_be_decoded_says_why(name: str, said: str) -> None:
    assert said in refused([FILES / f"{name}.dcm"], "input_unreadable")


def test_a_transfer_syntax_that_nobody_knows_is_named(write: Write) -> None:
    path = write(plane(1))
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = UID("1.2.840.10008.1.2.4.100")
    dataset["PixelData"].VR = "OB"
    dataset.PixelData = encapsulate([b"\0" * 64])
    dataset.save_as(path)
    assert "MPEG2 Main Profile / Main Level (1.2.840.10008.1.2.4.100)" in refused([path], "input_unsupported")


@pytest.mark.parametrize("content", [b"", b"no DICOM at all", b"\0" * 128 + b"DICM", b"\0" * 128 + b"DICM\xff\xff"])
def test_files_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.dcm"
    path.write_bytes(content)
    refused([path], "input_unreadable")


def test_damaged_files_are_read_or_refused_but_never_crash_the_reader(tmp_path: Path) -> None:
    random = Random(7)
    original = (FILES / "CT_small.dcm").read_bytes()
    path = tmp_path / "file.dcm"
    outcomes = set()
    for _ in range(150):
        damaged = bytearray(original)
        for _ in range(12):
            damaged[random.randrange(132, 6000)] = random.randrange(256)
        path.write_bytes(damaged[: random.choice((len(damaged), random.randrange(200, len(damaged))))])
        try:
            outcomes.add(read_image([path]).pixels.ndim)
        except PermanentError as error:
            outcomes.add(error.code)
    assert "input_unreadable" in outcomes and 3 in outcomes


def test_reading_writes_nothing_that_a_file_says_into_a_log(tmp_path: Path) -> None:
    damaged = (FILES / "CT_small.dcm").read_bytes().replace(b"1.3.6.1.4.1.5962.1.2.1", b"SECRET^PATIENT.1962.1.", 1)
    damaged = damaged.replace(b"ISO_IR 100", b"ISO_SECRET", 1)
    path = tmp_path / "file.dcm"
    path.write_bytes(damaged)
    program = (
        "import sys; from pathlib import Path; from runtime.dicom import read_image; read_image([Path(sys.argv[1])])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert b"SECRET^PATIENT" in damaged and b"ISO_SECRET" in damaged
    assert (done.stdout, done.stderr) == ("", "")

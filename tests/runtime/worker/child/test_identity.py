"""What an algorithm returns unchanged looks and measures exactly like its source, whatever made the source."""

import tempfile
from collections.abc import Callable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import SimpleITK as sitk
from numpy.typing import NDArray

from imaging import Image
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.stack import order
from runtime.dicom.parse.load import load
from runtime.pacs.decoding import preview, values
from runtime.worker.child.main import Child
from runtime.worker.child.messages import Computation, Done
from tests.runtime.dicom.files import FILES, Write, writer
from tests.runtime.dicom.geometry.test_regularity import item

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
RAMP = (np.arange(16 * 12) * 20).reshape(16, 12)
FLAT = [1, 0, 0, 0, 1, 0]
Kind = Callable[[Write], list[Path]]


def slices(write: Write, modality: str, pixels: NDArray[Any], each: list[dict[str, Any]], **common: Any) -> list[Path]:
    """Write slices 2.5 mm apart, the uppermost first."""
    same = {"Modality": modality, "ImageOrientationPatient": FLAT, "PixelSpacing": [0.5, 0.25], **common}
    return [
        write(pixels + at, InstanceNumber=at, ImagePositionPatient=[1, -2, 30 - 2.5 * at], **same, **attributes)
        for at, attributes in enumerate(each)
    ]


def ct(write: Write) -> list[Path]:
    window = {"RescaleSlope": 1, "RescaleIntercept": -1024, "WindowCenter": 40, "WindowWidth": 400}
    return slices(write, "CT", RAMP.astype(np.int16), [window] * 3)


def mr(write: Write) -> list[Path]:
    return slices(
        write, "MR", RAMP.astype(np.uint16), [{"WindowCenter": 900 + n, "WindowWidth": 1500} for n in range(3)]
    )


def pet(write: Write) -> list[Path]:
    each = [{"RescaleSlope": slope, "RescaleIntercept": 0} for slope in (0.5, 1.25, 3.0)]
    return slices(write, "PT", RAMP.astype(np.int16), each, WindowCenter=None, WindowWidth=None)


def cr(write: Write) -> list[Path]:
    table = item(LUTDescriptor=[4096, 0, 16])
    table.add_new("LUTDescriptor", "US", [4096, 0, 16])
    table.add_new("LUTData", "OW", (65535 * (np.arange(4096) / 4095) ** 2).astype("<u2").tobytes())
    return [write(RAMP.astype(np.uint16), **single("CR"), VOILUTSequence=[table], ImagerPixelSpacing=[0.5, 0.25])]


def dx(write: Write) -> list[Path]:
    shown = {"PhotometricInterpretation": "MONOCHROME1", "WindowCenter": 2000, "WindowWidth": 3000}
    return [write(RAMP.astype(np.uint16), **{**single("DX"), **shown}, ImagerPixelSpacing=[0.5, 0.25])]


def us(write: Write) -> list[Path]:
    return [FILES / "examples_rgb_color.dcm"]


def nm(write: Write) -> list[Path]:
    detector = item(ImagePositionPatient=[1, -2, 30], ImageOrientationPatient=FLAT)
    recon = {"ImageType": ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"], "DetectorInformationSequence": [detector]}
    stated = {**single("NM"), **recon, "PixelSpacing": [0.5, 0.25], "SpacingBetweenSlices": -2.5, "NumberOfFrames": 3}
    return [write(np.stack([RAMP + at for at in range(3)]).astype(np.uint16), **stated)]


def enhanced(write: Write) -> list[Path]:
    frames = [
        item(
            PlanePositionSequence=[item(ImagePositionPatient=[1, -2, 30 - 2.5 * at])],
            PixelValueTransformationSequence=[item(RescaleSlope=1 + at, RescaleIntercept=-at, RescaleType="US")],
            FrameVOILUTSequence=[item(WindowCenter=500 * (1 + at), WindowWidth=1000)],
        )
        for at in range(3)
    ]
    measures = item(PixelSpacing=[0.5, 0.25], SliceThickness=9)
    shared = item(PlaneOrientationSequence=[item(ImageOrientationPatient=FLAT)], PixelMeasuresSequence=[measures])
    groups = {"PerFrameFunctionalGroupsSequence": frames, "SharedFunctionalGroupsSequence": [shared]}
    return [write(np.stack([RAMP] * 3).astype(np.uint16), **single("MR"), **groups, NumberOfFrames=3)]


def dose(write: Write) -> list[Path]:
    return [FILES / "rtdose.dcm"]


def single(modality: str) -> dict[str, Any]:
    """Return what makes the template one of another modality, with nothing said of its place and its window."""
    left_out = ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "WindowCenter", "WindowWidth")
    return {"Modality": modality, **dict.fromkeys((*left_out, "SliceThickness", "SpacingBetweenSlices"))}


def same(image: Image) -> Image:
    return image


def computed(paths: list[Path], folder: Path) -> Done:
    ends = Pipe()  # both, or the other is closed
    reply = Child(ends[0], same, "regular").answer(Computation(tuple(paths), {}, ("preview", "values"), folder))
    assert isinstance(reply, Done), reply
    return reply


def picture(content: bytes) -> NDArray[Any]:
    return np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED))


def source_values(path: Path, frame: int, plane: Plane) -> NDArray[np.float64]:
    """Return what the page shows of a frame's values: those of `/pixels`, with the plane's slope and intercept."""
    about = values.summary(path)
    content = np.frombuffer(values.frame_values(path, frame + 1), "u1" if about["samples"] == 3 else about["type"])
    shape = (about["rows"], about["columns"], *((3,) if about["samples"] == 3 else ()))
    return content.reshape(shape).astype(np.float64) * plane.slope + plane.intercept


@pytest.mark.parametrize("kind", [ct, mr, pet, cr, dx, us, nm, enhanced, dose], ids=lambda kind: kind.__name__)
def test_a_result_is_its_source(kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    paths = kind(writer(tmp_path))
    done = computed(paths, tmp_path / "job")
    display = done.display
    assert display is not None and display.scale == ("colour" if kind is us else "source")
    described = [(path, frame, plane) for path in paths for frame, plane in enumerate(describe(load(path)))]
    frames = [described[place] for place in order([plane for _, _, plane in described])]
    made = {product.path.name: product.path for product in done.products}
    volume: Any = sitk.ReadImage(str(made["values.mha"]))
    read = sitk.GetArrayFromImage(volume)
    assert len(read) == len(frames) == len(made) - 1
    for at, (path, frame, plane) in enumerate(frames):
        # shown: through the file's own window or table, else through the range of the plane's own values
        shown = preview.image(path, frame + 1, None, None)
        assert np.array_equal(picture(made[f"preview-{at + 1:04d}.png"].read_bytes()), picture(shown)), at
        # measured: the same values at the same places
        assert np.allclose(read[at], source_values(path, frame, plane), rtol=1e-6)
        assert volume.GetSpacing()[:2] == plane.pixel_spacing[::-1]
        if plane.position is not None and plane.orientation is not None:
            assert np.allclose(volume.TransformIndexToPhysicalPoint((0, 0, at)), plane.position)
            far = np.array(plane.position) + 5 * plane.pixel_spacing[1] * np.array(plane.orientation[:3])
            assert np.allclose(volume.TransformIndexToPhysicalPoint((5, 0, at)), far)
    placed = kind in (ct, mr, pet, nm, enhanced, dose)
    assert placed == all(plane.position is not None for _, _, plane in frames)

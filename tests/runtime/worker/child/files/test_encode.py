"""The files of a result hold what the algorithm returned."""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import SimpleITK as sitk

from algorithms.image import Image
from runtime.dicom.show.look import Look, picture
from runtime.dicom.show.voi import Voi
from runtime.worker.child.check import checked
from runtime.worker.child.files import encode
from runtime.worker.child.files.encode import write
from runtime.worker.child.files.scale import display_of

ALL = ("preview", "mosaic", "values")
SOURCE = Image(
    np.zeros((3, 8, 6), np.int16),
    modality="CT",
    unit="HU",
    source={"WindowCenter": 40.0, "WindowWidth": 400.0, "VOILUTFunction": "LINEAR"},
)


def files(folder: Path, image: Image, kinds: Any = ALL, window: Any = None, source: Image = SOURCE) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    products = write(image, display_of(image, window, source), source, kinds, folder / "job")
    for product in products:
        content = product.path.read_bytes()
        assert (product.bytes, product.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    return {product.path.name: product for product in products}


def png(product: Any) -> Any:
    return cv2.imread(str(product.path), cv2.IMREAD_UNCHANGED)


def ramp(dtype: Any = np.int16) -> Image:
    pixels = np.arange(3 * 8 * 6).reshape(3, 8, 6).astype(dtype)
    return Image(pixels, spacing=(5.0, 0.5, 0.7), origin=(1.0, 2.0, 3.0), unit="HU", source=SOURCE.source)


def test_a_volume_gives_a_preview_a_plane_a_mosaic_and_the_values(tmp_path: Path) -> None:
    found = files(tmp_path, ramp())
    assert list(found) == ["preview-0001.png", "preview-0002.png", "preview-0003.png", "mosaic.png", "values.mha"]
    assert [product.plane for product in found.values()] == [0, 1, 2, None, None]
    assert png(found["preview-0001.png"]).shape == (8, 6)
    assert png(found["mosaic.png"]).shape == (16, 12)


def test_planes_with_a_window_are_rendered_once_for_previews_and_mosaic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[Any] = []
    monkeypatch.setattr(encode, "picture", lambda *shown: rendered.append(shown) or picture(*shown))
    files(tmp_path / "stated", ramp())
    assert len(rendered) == 3
    files(tmp_path / "without", ramp(), source=Image(SOURCE.pixels, modality="CT", unit="HU"))
    assert len(rendered) == 3 + 6, "alone each by its own values, in the mosaic by those of all"


@pytest.mark.parametrize(
    "dtype", ["int16", "uint16", "int8", "uint8", "int32", "uint32", "int64", "float32", "float64"]
)
def test_the_values_are_kept_without_loss_and_in_their_place(tmp_path: Path, dtype: str) -> None:
    image = ramp(dtype)
    found = files(tmp_path, image, ["values"])
    read = sitk.ReadImage(str(found["values.mha"].path))
    kept = sitk.GetArrayFromImage(read)
    assert kept.dtype == image.pixels.dtype and np.array_equal(kept, image.pixels)
    assert read.GetSpacing() == pytest.approx((0.7, 0.5, 5.0)) and read.GetOrigin() == (1.0, 2.0, 3.0)


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    assert list(files(tmp_path, ramp(), ["mosaic"])) == ["mosaic.png"]


def test_the_window_of_the_source_is_used_in_its_unit_only(tmp_path: Path) -> None:
    in_hu = png(files(tmp_path / "a", ramp(), ["preview"])["preview-0001.png"])
    assert in_hu[0, 0] == 102  # 0 HU in a window from -160 to 240
    other = Image(ramp().pixels, unit="mm")
    scaled = png(files(tmp_path / "b", other, ["preview"])["preview-0001.png"])
    assert scaled[0, 0] == 0
    chosen = png(files(tmp_path / "c", ramp(), ["preview"], window=(1.0, 2.0))["preview-0001.png"])
    assert chosen[0, 0] == 0 and chosen[0, 2] == 255


def test_a_plane_without_a_window_is_shown_like_the_sources_plane(tmp_path: Path) -> None:
    looks = (Look(Voi(((20.0, 40.0),))), Look(), Look(padding=(96.0, 99.0)))
    source = Image(ramp().pixels, unit="HU", source={"Looks": looks})
    found = files(tmp_path, Image(ramp().pixels, unit="HU"), source=source)
    for index, look in enumerate(looks, 1):
        shown = png(found[f"preview-000{index}.png"])
        assert np.array_equal(shown, picture(source.pixels[index - 1], look))
    said = [found[f"preview-000{index}.png"].path.read_bytes().count(b"WindowWidth\0\0\0\0\x0040") for index in (1, 2)]
    assert said == [1, 0]
    together = png(found["mosaic.png"])  # planes of a mosaic share one window
    assert together[0, 6] < together[8, 0]


def test_planes_share_one_window(tmp_path: Path) -> None:
    found = files(tmp_path, Image(ramp().pixels, unit="mm"), ["preview"])
    assert png(found["preview-0001.png"]).mean() < png(found["preview-0003.png"]).mean()


def test_monochrome1_is_shown_inverted(tmp_path: Path) -> None:
    source = {**SOURCE.source, "PhotometricInterpretation": "MONOCHROME1"}
    image = Image(ramp().pixels, unit="HU", source=source)
    assert png(files(tmp_path, image, ["preview"])["preview-0001.png"])[0, 0] == 255 - 102


def test_colour_stays_as_it_is(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (2, 5, 4, 3)).astype(np.uint8)
    found = files(tmp_path, Image(pixels))
    assert np.array_equal(png(found["preview-0002.png"])[..., ::-1], pixels[1])
    assert np.array_equal(sitk.GetArrayFromImage(sitk.ReadImage(str(found["values.mha"].path))), pixels)


def test_a_single_row_and_undefined_values_can_be_shown(tmp_path: Path) -> None:
    pixels = np.array([[[np.nan, 0.0, 1.0, np.inf]]])
    found = files(tmp_path, Image(pixels))
    assert png(found["preview-0001.png"]).shape == (1, 4)


def test_the_files_say_unit_scale_and_window(tmp_path: Path) -> None:
    image = SOURCE.with_map(np.linspace(0, 1, 144).reshape(3, 8, 6), unit="1/mm²")
    found = files(tmp_path, image)
    read = sitk.ReadImage(str(found["values.mha"].path))
    said = {key: read.GetMetaData(key) for key in read.GetMetaDataKeys()}
    assert (said["Scale"], said["Inverted"]) == ("own", "False")
    said["Unit"] = "1/mm²"  # which SimpleITK reads as ASCII
    assert "\nUnit = 1/mm²\n".encode() in found["values.mha"].path.read_bytes()
    window = float(said["WindowCenter"]), float(said["WindowWidth"])
    assert window == pytest.approx((1.0, 2.0), abs=0.02)
    content = found["preview-0001.png"].path.read_bytes()
    for name, text in said.items():
        if name in ("Scale", "Unit", "WindowCenter", "WindowWidth"):
            assert name.encode() + bytes(5) + text.encode() in content


def test_a_map_of_the_sources_unit_type_and_range_is_not_shown_through_its_window(tmp_path: Path) -> None:
    source = Image(np.arange(144.0).reshape(3, 8, 6), unit="HU", source=SOURCE.source)
    found = files(tmp_path, source.with_map(source.pixels.copy(), unit="HU"), ["preview"], source=source)
    assert png(found["preview-0001.png"])[0, 0] == 0
    assert png(found["preview-0003.png"])[-1, -1] == 255


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int16"])
def test_a_mask_is_black_and_white_whatever_the_source_or_the_window(tmp_path: Path, dtype: str) -> None:
    mask = np.zeros((3, 8, 6), dtype)
    mask[1] = 1
    source = Image(np.arange(144, dtype=np.int16).reshape(3, 8, 6), source={"PhotometricInterpretation": "MONOCHROME1"})
    image, _, _ = checked(source.with_map(mask), source)
    assert image is not None
    found = files(tmp_path, image, ["preview"], window=(500.0, 20.0), source=source)
    assert [int(png(found[f"preview-000{plane}.png"]).max()) for plane in (1, 2, 3)] == [0, 255, 0]

"""PNG and mosaics."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from runtime.dicom import mosaic, png
from runtime.dicom.show.encode import STORED_MOST, shrink


def decoded(data: bytes) -> NDArray[np.generic]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return np.asarray(picture)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (7, 1), (64, 48)])
def test_grey_is_kept_without_loss(dtype: type, shape: tuple[int, int]) -> None:
    array = np.random.default_rng(1).integers(0, np.iinfo(dtype).max, shape, dtype, endpoint=True)
    assert np.array_equal(decoded(png(array)), array)
    assert np.array_equal(decoded(png(array[::-1])), array[::-1])


@pytest.mark.parametrize("rows", [STORED_MOST // 256, STORED_MOST // 256 + 1])
def test_what_is_stored_and_what_is_compressed_are_both_without_loss(rows: int) -> None:
    array = np.random.default_rng(2).integers(0, 255, (rows, 255), np.uint8, endpoint=True)  # and a byte for the filter
    assert np.array_equal(decoded(png(array)), array)


def test_colour_is_rgb() -> None:
    red = np.zeros((2, 3, 3), np.uint8)
    red[..., 0] = 255
    assert decoded(png(red))[0, 0].tolist() == [0, 0, 255]  # OpenCV reads blue first


@pytest.mark.parametrize(
    "array", [np.zeros((2, 2), np.int16), np.zeros((2, 2), float), np.zeros(4, np.uint8), np.zeros((2, 2, 4), np.uint8)]
)
def test_what_is_no_png(array: NDArray[np.generic]) -> None:
    with pytest.raises(ValueError, match="no PNG"):
        png(array)


@pytest.mark.parametrize(("count", "rows", "columns"), [(1, 1, 1), (2, 1, 2), (3, 2, 2), (5, 2, 3), (20, 4, 5)])
def test_mosaic_is_nearly_square_and_in_order(count: int, rows: int, columns: int) -> None:
    planes = [np.full((3, 2), index + 1, np.uint8) for index in range(count)]
    made = mosaic(planes)
    assert made.shape == (rows * 3, columns * 2)
    for index in range(rows * columns):
        expected = index + 1 if index < count else 0
        assert (made[index // columns * 3 :, index % columns * 2 :][:3, :2] == expected).all()


def test_mosaic_is_bounded() -> None:
    planes = [np.full((512, 512), 9, np.uint8)] * 100
    assert max(mosaic(planes).shape) <= 4096
    small = mosaic(planes, limit=50)
    assert max(small.shape) <= 50 and (small == 9).mean() > 0.9


def test_mosaic_centres_smaller_planes() -> None:
    made = mosaic([np.full((4, 4), 1, np.uint8), np.full((2, 2), 2, np.uint8)])
    assert made.shape == (4, 8)
    assert made[:, 4:].tolist() == [[0] * 4, [0, 2, 2, 0], [0, 2, 2, 0], [0] * 4]


def test_mosaic_is_in_colour_where_a_plane_is() -> None:
    grey, red = np.full((2, 2), 5, np.uint8), np.zeros((2, 2, 3), np.uint8)
    red[..., 0] = 255
    made = mosaic([grey, red])
    assert made.shape == (2, 4, 3)
    assert made[0, 0].tolist() == [5, 5, 5] and made[0, 2].tolist() == [255, 0, 0]


def test_a_mosaic_of_nothing() -> None:
    with pytest.raises(ValueError, match="plane"):
        mosaic([])


def test_a_mosaic_of_more_planes_than_pixels_still_has_a_pixel_each() -> None:
    assert mosaic([np.zeros((1, 100), np.uint8)] * 9, limit=60).shape[1] <= 60


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize(("shape", "scale"), [((64, 48), 0.5), ((101, 67), 0.37), ((7, 5, 3), 0.6), ((9, 1), 0.3)])
def test_shrinking_averages_areas_as_opencv_does(dtype: type, shape: tuple[int, ...], scale: float) -> None:
    plane = (np.random.default_rng(2).random(shape) * 250).astype(dtype)
    made = shrink(plane, scale)
    size = (max(1, int(shape[1] * scale)), max(1, int(shape[0] * scale)))
    expected = cv2.resize(plane, size, interpolation=cv2.INTER_AREA).reshape(made.shape)
    assert made.dtype == plane.dtype
    tolerance = 1e-3 if dtype is np.float32 else 1  # a half is rounded to either side
    assert np.abs(made.astype(float) - expected).max() <= tolerance


def test_what_need_not_shrink_stays() -> None:
    plane = np.arange(6, dtype=np.uint8).reshape(2, 3)
    assert shrink(plane, 1.0) is plane

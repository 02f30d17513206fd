"""`median` against SciPy, bit for bit."""

from unittest.mock import patch

import numpy as np
import pytest
from scipy.ndimage import median_filter

from algorithms.builtin import plane_median as module
from algorithms.builtin.median import median
from algorithms.progress import set_reporter
from imaging import Image, UnsupportedInput

DTYPES = ["uint8", "int8", "uint16", "int16", "int32", "uint32", "int64", "float32", "float64"]
SHAPES = [(1, 1, 13), (1, 13, 1), (1, 1, 1), (1, 2, 3), (2, 17, 23)]


def noise(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    generator = np.random.default_rng(3)
    if np.dtype(dtype).kind == "f":
        return generator.normal(0, 1e3, shape).astype(dtype)
    limits = np.iinfo(dtype)
    return generator.integers(limits.min, limits.max, shape, dtype, endpoint=True)


def by_scipy(pixels: np.ndarray, rows: int, columns: int) -> np.ndarray:
    size = (1, 2 * rows + 1, 2 * columns + 1, *[1] * (pixels.ndim - 3))
    # of ranks, since SciPy rounds whole numbers beyond 2**53
    levels, ranks = np.unique(pixels, return_inverse=True)
    if pixels.dtype.kind == "f":
        return median_filter(pixels, size=size, mode="nearest")
    return levels[median_filter(ranks.reshape(pixels.shape), size=size, mode="nearest")]


@pytest.mark.parametrize("pixels_each_way", [1, 2, 3, 7])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_is_scipys_bit_for_bit(dtype: str, shape: tuple[int, ...], pixels_each_way: int) -> None:
    for colour in ((), (3,)):
        pixels = noise((*shape, *colour), dtype)
        filtered = median(Image(pixels, (9.0, 0.5, 0.5)), radius=0.5 * pixels_each_way).pixels
        assert filtered.dtype == pixels.dtype
        assert filtered.tobytes() == by_scipy(pixels, pixels_each_way, pixels_each_way).tobytes()


@pytest.mark.parametrize(
    ("dtype", "radius", "by_opencv"),
    [
        ("uint8", 1, 1), ("uint8", 9, 1), ("uint16", 2, 1), ("int16", 2, 1), ("float32", 2, 1),
        # 900 different values: four images of 8 bits
        ("uint16", 3, 4), ("int16", 3, 4), ("float32", 3, 4), ("int32", 1, 4), ("float64", 1, 4),
    ],
)  # fmt: skip
def test_opencv_is_used_where_it_gives_the_same_bits(dtype: str, radius: int, by_opencv: int) -> None:
    with patch.object(module, "_by_opencv", wraps=module._by_opencv) as opencv:  # pyright: ignore[reportPrivateUsage]
        median(Image(np.arange(900).reshape(1, 30, 30).astype(dtype)), radius=radius)
    assert opencv.call_count == by_opencv


@pytest.mark.parametrize("dtype", ["int16", "uint16", "int32", "float64"])
def test_planes_of_too_many_values_for_opencv_are_scipys(dtype: str) -> None:
    pixels = noise((1, 90, 90), dtype)
    with patch.object(module, "_by_opencv", wraps=module._by_opencv) as opencv:  # pyright: ignore[reportPrivateUsage]
        filtered = median(Image(pixels), radius=3).pixels
    assert filtered.tobytes() == by_scipy(pixels, 3, 3).tobytes() and not opencv.called


@pytest.mark.parametrize("levels", [1, 2, 255, 256, 257, 511])
def test_any_number_of_values_is_filtered_in_parts(levels: int) -> None:
    pixels = (noise((1, 40, 41), "uint16") % levels * 128).astype("int16")
    assert median(Image(pixels), radius=4).pixels.tobytes() == by_scipy(pixels, 4, 4).tobytes()


@pytest.mark.parametrize("odd", [np.nan, -0.0, np.inf, -np.inf])
def test_odd_floating_point_values_come_out_as_from_scipy(odd: float) -> None:
    pixels = np.zeros((1, 20, 20), np.float32)
    pixels[:, ::2, ::3] = odd
    pixels[:, 5:9] = noise((1, 4, 20), "float32")
    for radius in (1, 2):
        filtered = median(Image(pixels), radius=radius).pixels
        assert filtered.tobytes() == by_scipy(pixels, radius, radius).tobytes()


@pytest.mark.parametrize(
    ("spacing", "radius", "rows", "columns"),
    [
        ((1, 0.5, 1.0), 1.0, 2, 1),
        ((1, 1.0, 0.5), 2.0, 2, 4),
        ((1, 0.9375, 0.9375), 1.0, 1, 1),
        ((1, 1.4, 1.4), 1.0, 1, 1),
        ((1, 3.0, 1.0), 1.0, 0, 1),
        ((1, 3.0, 4.0), 1.0, 1, 0),
        ((1, 4.0, 4.0), 0.1, 1, 1),
    ],
)
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32"])
def test_the_radius_is_in_mm_on_each_axis(
    dtype: str, spacing: tuple[float, float, float], radius: float, rows: int, columns: int
) -> None:
    pixels = noise((2, 15, 16), dtype)
    filtered = median(Image(pixels, spacing), radius=radius).pixels
    assert filtered.tobytes() == by_scipy(pixels, rows, columns).tobytes()


@pytest.mark.parametrize("dtype", [">i2", ">u2", ">f4"])
def test_a_foreign_byte_order_is_kept(dtype: str) -> None:
    pixels = noise((1, 9, 9), dtype[1:].replace("i2", "int16").replace("u2", "uint16").replace("f4", "float32"))
    filtered = median(Image(pixels.astype(dtype))).pixels
    assert filtered.dtype == np.dtype(dtype)
    assert np.array_equal(filtered, by_scipy(pixels, 1, 1))


def test_half_precision_and_views_and_read_only_pixels() -> None:
    half = noise((1, 9, 9), "float32").astype("float16")
    assert np.array_equal(median(Image(half)).pixels, by_scipy(half.astype("float32"), 1, 1).astype("float16"))
    view = noise((2, 18, 18), "int16")[:, ::2, ::-2]
    view.flags.writeable = False
    assert median(Image(view)).pixels.tobytes() == by_scipy(view, 1, 1).tobytes()


def test_the_window_has_a_limit() -> None:
    pixels = noise((1, 4, 4), "uint8")
    median(Image(pixels, (1, 0.1, 0.1)), radius=5.0)
    with pytest.raises(
        UnsupportedInput, match=r"A radius of 5\.2 mm is 52 pixels of this image; median takes at most 50"
    ):
        median(Image(pixels, (1, 0.1, 0.1)), radius=5.2)


def test_progress_is_told() -> None:
    reports: list[float] = []
    set_reporter(reports.append)
    try:
        median(Image(noise((2, 6, 6), "int16")))
    finally:
        set_reporter(None)
    assert reports == [0.5, 1.0]


@pytest.mark.parametrize("dtype", [bool, complex])
def test_pixels_that_are_not_numbers_are_refused(dtype: type) -> None:
    with pytest.raises(UnsupportedInput, match="integer or floating-point"):
        median(Image(np.zeros((1, 4, 4), dtype)))

"""Values of NIfTI files that are no finite numbers stay what they are: ITK alone makes them 0."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk

from runtime.authoring.inputs.source import locate, read

kit: Any = sitk


@pytest.mark.parametrize("kind", ["<f4", "<f8"])
@pytest.mark.parametrize("name", ["map.nii", "map.nii.gz"])
@pytest.mark.parametrize("shape", [(5, 6), (3, 5, 6)])
def test_what_is_not_finite_is_not_zero(name: str, kind: str, shape: tuple[int, ...], tmp_path: Path) -> None:
    values = np.arange(np.prod(shape), dtype=kind).reshape(shape)
    values.flat[3], values.flat[7], values.flat[11] = np.nan, np.inf, -np.inf
    kit.WriteImage(kit.GetImageFromArray(values), str(tmp_path / name))
    image = read(locate(tmp_path / name), "regular")
    np.testing.assert_array_equal(image.pixels.reshape(shape), values)


def test_a_negative_slope_turns_infinity_round(tmp_path: Path) -> None:
    file = tmp_path / "map.nii"
    kit.WriteImage(kit.GetImageFromArray(np.array([[1, np.inf], [np.nan, 2]], "<f4")), str(file))
    content = bytearray(file.read_bytes())
    content[112:116] = np.array([-2], "<f4").tobytes()
    file.write_bytes(content)
    image = read(locate(file), "regular")
    np.testing.assert_array_equal(image.pixels[0], [[-2, -np.inf], [np.nan, -4]])


def test_values_of_several_channels_are_in_their_places(tmp_path: Path) -> None:
    file = tmp_path / "map.nii"
    values = np.arange(2 * 4 * 5 * 3, dtype="<f4").reshape(2, 4, 5, 3)
    values[1, 2, 3, 1] = np.nan
    kit.WriteImage(kit.GetImageFromArray(values, isVector=True), str(file))
    np.testing.assert_array_equal(read(locate(file), "regular").pixels, values)

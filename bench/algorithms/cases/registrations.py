"""Two images that are laid onto each other: points of the fixed one, in mm, where the transform leads them.

elastix is not locked, since nothing here uses it: with `pip install itk-elastix` it is measured, too.
"""
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false, reportArgumentType=false
# (SimpleITK's types are incomplete)

from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from dataclasses import replace
from importlib.util import find_spec
from itertools import product
from math import radians, sin
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import SimpleITK as sitk
from imaging_collection import registration
from imaging_collection.pairs.register_deformable import register_deformable
from imaging_collection.pairs.register_rigid import register_rigid

from bench.algorithms.case import Case
from imaging import Image

EQUAL = 1.0  # mm: about a pixel of the sample series, where both are right
TURNED = (radians(3), 0.0, radians(4))  # about x, y and z
SHIFTED = (4.0, -3.0, 2.0)  # mm
BENT, BENT_EVERY = 15.0, 60.0  # mm: how far control points are moved, and their distance; places move 3 mm at most


def _moved(image: Image, warp: Any) -> Image:
    """Return the image as it is seen through a transform, on its own grid."""
    seen = sitk.Resample(image.to_simpleitk(), warp, sitk.sitkLinear, 0)
    return replace(image, pixels=sitk.GetArrayFromImage(seen).astype(image.pixels.dtype))


def _turned(image: Image) -> Image:
    warp = sitk.Euler3DTransform()
    warp.SetCenter(registration.centre(image.to_simpleitk()))
    warp.SetRotation(*TURNED)
    warp.SetTranslation(SHIFTED)
    return _moved(image, warp)


def _points(image: Image) -> list[tuple[float, ...]]:
    """Return places within the middle of the image, in mm."""
    grid: Any = image.to_simpleitk()
    sizes = [[(size - 1) * part for part in (0.3, 0.5, 0.7)] for size in grid.GetSize()]
    return [grid.TransformContinuousIndexToPhysicalPoint(index) for index in product(*sizes)]


def _led(image: Image, lead: Callable[[tuple[float, ...]], Any]) -> Any:
    return np.array([lead(point) for point in _points(image)])


def _rigid(image: Image) -> Any:
    return _led(image, register_rigid(image, _turned(image)).transform.to_simpleitk().TransformPoint)


def _bent(image: Image) -> Image:
    """Return the image as it is seen through a smooth deformation."""
    grid: Any = image.to_simpleitk()
    extent = [size * step for size, step in zip(grid.GetSize(), grid.GetSpacing(), strict=True)]
    warp: Any = sitk.BSplineTransformInitializer(grid, [max(1, round(each / BENT_EVERY)) for each in extent], 3)
    count = len(warp.GetParameters())
    warp.SetParameters([BENT * sin(2.4 * each) for each in range(count)])
    return _moved(image, warp)


def _deformable(image: Image) -> Any:
    found = register_deformable(image, _bent(image))
    with TemporaryDirectory() as folder:
        path = Path(folder, "deformation.tfm")
        path.write_bytes(found.deformation.content)
        return _led(image, sitk.ReadTransform(str(path)).TransformPoint)


def _elastix(image: Image, moving: Image, kinds: Sequence[str]) -> Any:
    """Return where elastix, with its own settings for these kinds of transforms, leads the points."""
    import itk

    def of(each: Image) -> Any:
        found = itk.image_view_from_array(np.ascontiguousarray(each.pixels.astype(np.float32)))
        found.SetSpacing(each.spacing[::-1])
        found.SetOrigin(each.origin)
        found.SetDirection(np.reshape(each.direction, (3, 3)))
        return found

    settings = itk.ParameterObject.New()
    for kind in kinds:
        settings.AddParameterMap(settings.GetDefaultParameterMap(kind))
    _, found = itk.elastix_registration_method(of(image), of(moving), parameter_object=settings)
    with TemporaryDirectory() as folder, chdir(folder):  # it writes the field beside what it returns
        field = itk.array_from_image(itk.transformix_deformation_field(of(moving), found))
    away = sitk.GetImageFromArray(np.ascontiguousarray(field, np.float64), isVector=True)
    away.CopyInformation(image.to_simpleitk())
    return _led(image, sitk.DisplacementFieldTransform(away).TransformPoint)


INSTALLED: Final = bool(find_spec("itk"))
CASES: Mapping[str, Case] = {
    "register_rigid": Case(
        _rigid,
        {"elastix": lambda image: _elastix(image, _turned(image), ["rigid"])} if INSTALLED else {},
        equal=EQUAL,
    ),
    "register_deformable": Case(
        _deformable,
        {"elastix": lambda image: _elastix(image, _bent(image), ["affine", "bspline"])} if INSTALLED else {},
        equal=EQUAL,
    ),
}

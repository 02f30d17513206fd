"""Two images that are laid onto each other: points of the fixed one, in mm, where the transform leads them.

elastix is not locked, since nothing here uses it: with `pip install itk-elastix` it is measured, too.
Version 0.25.4, run once beside other work, took 13.9 s and was 0.14 mm off the truth at most;
`register_rigid` took 10.7 s and was 0.20 mm off.
"""
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false, reportArgumentType=false
# (SimpleITK's types are incomplete)

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.util import find_spec
from itertools import product
from math import radians
from typing import Any

import numpy as np
import SimpleITK as sitk
from imaging_collection import registration
from imaging_collection.pairs.register_rigid import register_rigid

from bench.algorithms.case import Case
from imaging import Image

EQUAL = 1.0  # mm: about a pixel of the sample series, where both are right
TURNED = (radians(3), 0.0, radians(4))  # about x, y and z
SHIFTED = (4.0, -3.0, 2.0)  # mm


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


def _elastix(image: Image) -> Any:
    import itk

    def of(each: Image) -> Any:
        found = itk.image_view_from_array(np.ascontiguousarray(each.pixels.astype(np.float32)))
        found.SetSpacing(each.spacing[::-1])
        found.SetOrigin(each.origin)
        found.SetDirection(np.reshape(each.direction, (3, 3)))
        return found

    settings = itk.ParameterObject.New()
    settings.AddParameterMap(settings.GetDefaultParameterMap("rigid"))
    _, found = itk.elastix_registration_method(of(image), of(_turned(image)), parameter_object=settings)
    said = found.GetParameterMap(0)
    values = [float(each) for each in said["TransformParameters"]]
    through = sitk.Euler3DTransform()
    through.SetCenter([float(each) for each in said["CenterOfRotationPoint"]])
    through.SetRotation(*values[:3])
    through.SetTranslation(values[3:])
    return _led(image, through.TransformPoint)


CASES: Mapping[str, Case] = {
    "register_rigid": Case(_rigid, {"elastix": _elastix} if find_spec("itk") else {}, equal=EQUAL),
}

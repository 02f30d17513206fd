"""Write what SimpleITK makes of a small volume on planes through it, for the test of `src/imaging/volume/reslice.ts`.

python clients/web/scripts/reslice_fixture.py > clients/web/src/imaging/volume/reslice.fixture.json
"""

import json
import math
import sys
from typing import Any

import numpy as np
import SimpleITK as sitk

SIZE = (11, 9, 7)  # columns, rows, planes
SPACING = (0.8, 1.1, 2.5)  # mm
ORIGIN = (-4.0, 12.5, 30.0)  # mm
PIXEL = 0.93  # mm, of the planes
OUTSIDE = -32768.0


def turned(degrees: float, axis: tuple[float, float, float]) -> np.ndarray:
    """Return the matrix of shape (3, 3) that turns by an angle about an axis."""
    turn = sitk.VersorTransform(axis, math.radians(degrees))
    return np.array(turn.GetMatrix()).reshape(3, 3)


def volume() -> sitk.Image:
    """Return a volume that lies obliquely in the patient, with values of a CT's range."""
    values = np.random.default_rng(7).integers(-1000, 2000, SIZE[::-1]).astype(np.float32)
    image = sitk.GetImageFromArray(values)
    image.SetSpacing(SPACING)
    image.SetOrigin(ORIGIN)
    image.SetDirection(turned(20, (1, 0.5, 0.25)).ravel().tolist())
    return image


def plane(image: sitk.Image, axes: np.ndarray, back: float, samples: int, step: float, kind: str) -> dict[str, Any]:
    """Return one plane of 14 x 12 pixels through the volume, `back` mm from its middle, with SimpleITK's values."""
    middle = np.array(image.TransformContinuousIndexToPhysicalPoint([(n - 1) / 2 for n in SIZE]))
    corner = middle - axes[:, 0] * 6.5 * PIXEL - axes[:, 1] * 5.5 * PIXEL + axes[:, 2] * back
    layers = []
    for n in range(samples):
        origin = corner + axes[:, 2] * step * (n - (samples - 1) / 2)
        found = sitk.Resample(
            image, (14, 12, 1), sitk.Transform(), sitk.sitkLinear,
            origin.tolist(), (PIXEL, PIXEL, 1.0), axes.ravel().tolist(), OUTSIDE,
        )  # fmt: skip
        layers.append(np.where((layer := sitk.GetArrayFromImage(found)[0]) == OUTSIDE, np.nan, layer))
    reduced = {"none": np.nanmean, "max": np.nanmax, "min": np.nanmin, "mean": np.nanmean}[kind]
    stack = np.array(layers)
    values = np.full(stack.shape[1:], np.nan)
    known = ~np.isnan(stack).all(axis=0)
    values[known] = reduced(stack[:, known], axis=0)
    return {
        "origin": corner.tolist(),
        "axes": axes.T.tolist(),
        "step": step,
        "slab": {"kind": kind, "mm": samples * step},
        "values": [None if math.isnan(value) else round(float(value), 2) for value in values.ravel()],
    }


def fixture() -> dict[str, Any]:
    """Return the volume and planes through it: of the patient, of its own axes, oblique, and slabs."""
    image = volume()
    axial = np.eye(3)
    coronal = np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]], float)
    own = np.array(image.GetDirection()).reshape(3, 3)
    oblique = axial @ turned(35, (0.3, 1, 0.2))
    return {
        "size": SIZE,
        "spacing": SPACING,
        "origin": ORIGIN,
        "direction": np.array(image.GetDirection()).reshape(3, 3).T.tolist(),
        "pixel": PIXEL,
        "values": sitk.GetArrayFromImage(image).astype(int).ravel().tolist(),
        "planes": [
            plane(image, axial, 0.0, 1, 1.0, "none"),
            plane(image, coronal, 0.7, 1, 1.0, "none"),
            plane(image, own, 2.5, 1, 1.0, "none"),
            plane(image, oblique, -1.3, 1, 1.0, "none"),
            plane(image, axial, 1.0, 5, 0.75, "max"),
            plane(image, coronal, 0.0, 4, 0.75, "min"),
            plane(image, oblique, 0.4, 5, 0.75, "mean"),
        ],
    }


if __name__ == "__main__":
    json.dump(fixture(), sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")

"""The further inputs of the gallery, made of the sample series."""
# pyright: reportAttributeAccessIssue=false, reportArgumentType=false

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import SimpleITK as sitk
from imaging_collection.bending import Whole
from imaging_collection.registration import centre
from imaging_collection.segmentation.watershed_split import watershed_split

from bench.algorithms.image import sample
from bench.gallery.entries import Second
from imaging import Image, Labels, Transform


def second(kind: Second, source: Image) -> Image:
    """Return a further input of this kind for the sample."""
    if kind == "objects":
        found = watershed_split(source, 500.0, 15.0).image
        assert found is not None
        return Labels.of(source, found.pixels)
    return replace(source, pixels=_moved(kind))


@cache
def _moved(kind: Second) -> Any:
    source = sample()
    through = Transform.of_simpleitk(turn(source)) if kind == "turned" else Whole(bend(source))
    return source.on_grid_of(source, through=through).pixels


def turn(source: Image) -> Any:
    """Return a rotation by 5 degrees with a shift of 6 mm."""
    turned: Any = sitk.Euler3DTransform()
    turned.SetCenter(centre(source.to_simpleitk()))
    turned.SetRotation(0.03, -0.02, 0.08)
    turned.SetTranslation((4.0, -3.0, 3.3))
    return turned


def bend(source: Image) -> Any:
    """Return a smooth deformation by B-splines of random control points."""
    splines: Any = sitk.BSplineTransformInitializer(source.to_simpleitk(), [3, 3, 2], 3)
    splines.SetParameters(np.random.default_rng(1).normal(0, 8, len(splines.GetParameters())).tolist())
    return splines

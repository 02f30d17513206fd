"""Single planes in two dimensions: rotated into their own axes, and their transforms back into the patient's."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (SimpleITK's types are incomplete)

from typing import TYPE_CHECKING, Any

from imaging import Image, Transform
from imaging_collection.inputs import as_float

if TYPE_CHECKING:
    from numpy.typing import NDArray


def plane(image: Image) -> Any:
    """Return the first plane as SimpleITK's image in two dimensions; its axes are those of columns and rows."""
    import SimpleITK as sitk

    made = sitk.GetImageFromArray(as_float(image.pixels[0]))
    made.SetSpacing(image.spacing[:0:-1])
    made.SetOrigin([float(each) for each in _place(image)[:2]])
    return made


def lifted(transform: Any, fixed: Image, moving: Image) -> Transform:
    """Return a linear transform between two planes as one of points in the patient."""
    import numpy as np

    at_zero = np.array(transform.TransformPoint((0.0, 0.0)))
    within, offset = np.eye(3), np.zeros(3)
    columns = [np.array(transform.TransformPoint(unit)) - at_zero for unit in ((1.0, 0.0), (0.0, 1.0))]
    within[:2, :2] = np.column_stack(columns)
    offset[:2] = at_zero
    offset[2] = _place(moving)[2] - _place(fixed)[2]
    matrix = _axes(moving) @ within @ _axes(fixed).T
    x, y, z = (float(each) for each in _axes(moving) @ offset)
    return Transform(tuple(float(each) for each in matrix.ravel()), (x, y, z))


def _axes(image: Image) -> "NDArray[Any]":
    import numpy as np

    return np.asarray(image.direction, float).reshape(3, 3)


def _place(image: Image) -> "NDArray[Any]":
    """Return where the first pixel is along the image's own axes, in mm."""
    import numpy as np

    return _axes(image).T @ np.asarray(image.origin, float)

"""Points and boxes in the patient, in mm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from algorithms.image import Image


@dataclass(frozen=True, slots=True)
class Points:
    """Points in the patient.

    Parameters
    ----------
    positions : shape (N, 3); x, y and z of each point in mm, in the patient coordinate system (LPS).
    names : a name for each point, or none at all.
    """

    positions: ArrayLike
    names: tuple[str, ...] = ()

    @classmethod
    def of_indices(cls, image: Image, indices: ArrayLike, names: tuple[str, ...] = ()) -> Points:
        """Return the points at `indices` of `image`: shape (N, 3); plane, row and column from 0, whole or between."""
        import numpy as np

        where = np.asarray(indices, float).reshape(-1, 3)
        return cls(np.asarray(image.origin) + where[:, ::-1] @ _steps(image).T, names)

    def indices_in(self, image: Image) -> NDArray[Any]:
        """Return where the points are in `image`: shape (N, 3); plane, row and column from 0, whole or between."""
        import numpy as np

        offsets = np.asarray(self.positions, float).reshape(-1, 3) - np.asarray(image.origin)
        return np.linalg.solve(_steps(image), offsets.T).T[:, ::-1]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes in the patient, whose sides are parallel to the axes of the patient coordinate system.

    Parameters
    ----------
    corners : shape (N, 2, 3); two opposite corners of each box, x, y and z in mm (LPS).
    names : a name for each box, or none at all.
    """

    corners: ArrayLike
    names: tuple[str, ...] = ()


def _steps(image: Image) -> NDArray[Any]:
    """Return the matrix whose columns are the steps, in mm, from a pixel to the next column, row and plane."""
    import numpy as np

    return np.asarray(image.direction, float).reshape(3, 3) * np.asarray(image.spacing[::-1])

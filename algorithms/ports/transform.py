"""A transform between the places of two images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Transform:
    """A linear transform of points in the patient, as ITK has it: `matrix @ (p - centre) + centre + translation`.

    A registration's transform leads from a point of the fixed image to the same point of the moving image.

    Parameters
    ----------
    matrix : nine numbers, row by row.
    translation : x, y and z in mm (LPS).
    centre : of the rotation, x, y and z in mm (LPS).
    """

    matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    translation: tuple[float, float, float] = (0.0, 0.0, 0.0)
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @classmethod
    def of_simpleitk(cls, transform: Any) -> Transform:
        """Return a linear transform of SimpleITK in three dimensions: rigid, similarity, affine, or composed of such.

        Raises ValueError for any other.
        """
        from algorithms.simpleitk import linear_parts

        matrix, translation = linear_parts(transform)
        return cls(matrix, translation)

    def to_simpleitk(self) -> Any:
        """Return SimpleITK's `AffineTransform`."""
        from algorithms.simpleitk import affine

        return affine(self.matrix, self.translation, self.centre)

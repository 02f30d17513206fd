"""Eigenvalues of many small symmetric matrices at a time, in closed form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def of_two(rr: "NDArray[Any]", rc: "NDArray[Any]", cc: "NDArray[Any]") -> "list[NDArray[Any]]":
    """Return both eigenvalues of [[rr, rc], [rc, cc]], the smaller in magnitude first."""
    import numpy as np

    mean = (rr + cc) / 2
    half = np.hypot((rr - cc) / 2, rc)
    sign = np.where(mean < 0, -1, 1)
    return [mean - sign * half, mean + sign * half]


def of_three(parts: "Sequence[NDArray[Any]]") -> "list[NDArray[Any]]":
    """Return the three eigenvalues of [[a, b, c], [b, d, e], [c, e, f]], given in this order, by rising magnitude.

    Smith, Communications of the ACM 4(4):168 (1961), doi:10.1145/355578.366316: some ten times faster than the general
    method of LAPACK, and exact to a few units in the last place of the largest of the three.
    """
    import numpy as np

    a, b, c, d, e, f = parts
    mean = (a + d + f) / 3
    spread = np.sqrt(((a - mean) ** 2 + (d - mean) ** 2 + (f - mean) ** 2 + 2 * (b**2 + c**2 + e**2)) / 6)
    divisor = np.where(spread > 0, spread, 1)
    a, d, f = ((each - mean) / divisor for each in (a, d, f))
    b, c, e = (each / divisor for each in (b, c, e))
    half = (a * (d * f - e * e) - b * (b * f - e * c) + c * (b * e - d * c)) / 2
    angle = np.arccos(np.clip(half, -1, 1)) / 3
    first = mean + 2 * spread * np.cos(angle)
    third = mean + 2 * spread * np.cos(angle + 2 * np.pi / 3)
    values = np.stack([first, 3 * mean - first - third, third])
    return list(np.take_along_axis(values, np.abs(values).argsort(axis=0), axis=0))

"""Second derivatives of a volume at one scale."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# (SciPy has no types)

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def second_derivatives(volume: "NDArray[Any]", sigmas: Sequence[float]) -> "list[NDArray[Any]]":
    """Return the second derivatives by each pair of axes, in the order (0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2).

    They are those of the volume blurred by a Gaussian of `sigmas` pixels, times the sigmas of both axes: if these are
    one length in mm, derivatives in mm times the square of that length. An axis with sigma 0 is left out. Beyond the
    border the outermost values repeat.
    """
    import numpy as np
    from scipy import ndimage

    blurred: Any = ndimage.gaussian_filter  # it takes an order for each axis, and is annotated with one
    axes = [axis for axis, sigma in enumerate(sigmas) if sigma]
    even = blurred(volume, sigmas, mode="nearest")
    second: list[NDArray[Any]] = []
    for one, other in [(one, other) for one in axes for other in axes if one <= other]:
        found = blurred(volume, sigmas, order=[(one, other).count(axis) for axis in range(3)], mode="nearest")
        if one == other:  # the sampled kernel does not quite sum up to zero: what it makes of a constant is taken away
            found -= even * blurred(np.ones(1, volume.dtype), sigmas[one], order=2, mode="nearest")
        second.append(found * (sigmas[one] * sigmas[other]))
    return second

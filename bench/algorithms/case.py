"""What is compared for one algorithm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from imaging_collection.planes import by_plane

from bench.algorithms.image import sample
from imaging import Image, Result

Candidate = Callable[[Image], Any]


@dataclass(frozen=True)
class Case:
    """An algorithm and others that compute the same, or nearly.

    Parameters
    ----------
    ours : the algorithm as it is called by a worker.
    others : what other libraries make of the same image, by their names.
    equal : largest difference from ours that is no difference: rounding, say.
    share : share of the pixels that may differ by more. 0 unless libraries round weights differently.
    image : returns the image on which all of them compute.
    """

    ours: Candidate
    others: Mapping[str, Candidate]
    equal: float = 0.0
    share: float = 0.0
    image: Callable[[], Image] = sample


def pixels(returned: Image | Result) -> Any:
    """Return the pixels of what an algorithm returned."""
    image = returned.image if isinstance(returned, Result) else returned
    assert image is not None
    return image.pixels


def each(compute: Callable[[Any], Any], image: Image, dtype: str | None = None, vcpu: float = 2) -> Any:
    """Compute plane by plane, with as many threads as the algorithm has."""
    return by_plane(image, compute, vcpu=vcpu, dtype=dtype)[0]

"""An algorithm with further inputs and several outputs."""

from dataclasses import dataclass
from typing import Annotated

from imaging import Algorithm, Image, Input, Labels, Output, Points, Quantity, Resources, hookimpl


@dataclass(frozen=True)
class Found:
    """What it finds."""

    bright: Annotated[Labels, Output("what is bright", names={1: "bone"})]
    count: Annotated[Quantity, Output("bright pixels", unit="pixels")]
    brightest: Annotated[Points, Output("the brightest pixel")]


def ported(
    image: Image,
    prior: Annotated[Image | None, Input("an earlier scan")] = None,
    within: Annotated[Labels | None, Input("where to look")] = None,
    seeds: Annotated[Points | None, Input("where to begin")] = None,
    threshold: float = 0.0,
) -> Found:
    """Find bright pixels that are not brighter in the earlier scan, and begin from seeds if there are any."""
    import numpy as np

    bright = image.pixels > threshold
    if within is not None:
        bright &= within.pixels == 1
    if prior is not None:
        bright &= prior.pixels <= image.pixels
    where = np.argwhere(image.pixels == image.pixels.max())[:1] if seeds is None else seeds.indices_in(image)
    count = Quantity(int(bright.sum()))
    return Found(Labels.of(image, bright), count, Points.of_indices(image, where, ("brightest",)))


@hookimpl
def register_algorithms() -> Algorithm:
    """Register it."""
    resources = Resources(0.25, 512, timeout=60, typical_seconds=0.1)
    return Algorithm("ported", "Finds what is bright.", ported, resources=resources)

"""An algorithm with every kind of further input, which says what it was given."""

from dataclasses import dataclass
from typing import Annotated

from imaging import Algorithm, Boxes, Image, Input, Labels, Output, Points, Quantity, Table, Transform, hookimpl


@dataclass(frozen=True)
class Said:
    """What was given, in words."""

    same: Annotated[Image, Output("the image")]
    given: Annotated[Table, Output("each input in words")]
    number: Annotated[Quantity, Output("of inputs", unit="1")]


def paired(
    image: Image,
    prior: Annotated[Image | None, Input("an earlier image", scopes=("image",))] = None,
    others: Annotated[list[Image] | None, Input("more of them")] = None,
    within: Annotated[Labels | None, Input("where")] = None,
    seeds: Annotated[Points | None, Input("clicks")] = None,
    regions: Annotated[Boxes | None, Input("boxes")] = None,
    through: Annotated[Transform | None, Input("a transform")] = None,
) -> Said:
    """Say what is given."""
    words: dict[str, str] = {}
    if prior is not None:
        words["prior"] = f"{prior.pixels.shape} {prior.pixels.dtype} {prior.spacing[1]:.2f} {prior.modality}"
    if others is not None:
        words["others"] = f"{len(others)} of {others[0].pixels.shape}"
    if within is not None:
        words["within"] = f"{within.pixels.max()} {within.pixels.dtype}"
    if seeds is not None:
        words["seeds"] = f"{seeds.positions} {seeds.names}"
    if regions is not None:
        words["regions"] = f"{regions.corners}"
    if through is not None:
        words["through"] = f"{through.translation}"
    table = Table({"name": list(words), "words": list(words.values())})
    return Said(image, table, Quantity(len(words)))


@hookimpl
def register_algorithms() -> Algorithm:
    """Register it."""
    return Algorithm("paired", "Says what it is given.", paired, scopes=("image",))

"""The algorithms for which the handlers of these tests are built."""

from typing import Annotated

from algorithms.declaration import Algorithm
from algorithms.parameters import Parameter, parameters_schema
from algorithms.ports.inputs import inputs_of
from algorithms.registered import Registered, Registry
from imaging import Image, Input, Labels, Points


def smooth(
    image: Image,
    sigma: Annotated[float, Parameter("width", gt=0, le=20, unit="mm")] = 1.0,
    mode: Annotated[str, Parameter("edge", pattern="^[a-z]+$")] = "near",
) -> Image:
    """Smooth an image."""
    return image


def grow(image: Image, seeds: Annotated[int, Parameter("how many", ge=1, le=9)]) -> Image:
    """Grow from seeds."""
    return image


def follow(
    image: Image,
    prior: Annotated[Image, Input("an earlier scan", scopes=("series",))],
    within: Annotated[Labels | None, Input("where to look")] = None,
    seeds: Annotated[Points | None, Input("where to begin")] = None,
    phases: Annotated[list[Image] | None, Input("other phases", scopes=("image",))] = None,
) -> Image:
    """Follow a structure from an earlier scan."""
    return image


def registry() -> Registry:
    """Algorithms that differ in scope, parameters and in whether their service is deployed."""
    declared = [
        Algorithm("smooth", "Smooth.", smooth, ("image",), reference="[1] Smith."),
        Algorithm("grow-region", "Grow.", grow, ("series",), needs="any"),
        Algorithm("follow", "Follow.", follow),
        Algorithm("undeployed", "Smooth, but there is no service yet.", smooth),
    ]
    return Registry(
        Registered(
            each,
            "demo-plugin",
            "1.2",
            each.name,
            parameters_schema(each.run),
            each.run.__doc__ or "",
            inputs=inputs_of(each.run),
        )
        for each in declared
    )

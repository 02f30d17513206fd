"""Whether a function's inputs and outputs fit each other."""

from collections.abc import Callable
from typing import Any

from algorithms.errors import DeclarationError
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of


def check_ports(run: Callable[..., Any]) -> None:
    """Check the declared inputs and outputs; DeclarationError if one cannot be, or lies on a grid that is not there."""
    grids = {each.name for each in inputs_of(run) if each.type in ("image", "labels") and not each.many}
    outputs = outputs_of(run)
    for port in outputs.ports if outputs else ():
        if port.grid not in {"image", "any", *grids}:
            known = ", ".join(["image", *sorted(grids), "any"])
            raise DeclarationError(f"output `{port.name}`: {port.grid!r} has no grid; it can be {known}")

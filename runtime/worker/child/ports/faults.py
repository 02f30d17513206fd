"""The error of a value that is not the output that was declared, and how it names what it is about."""

from typing import Any

import numpy as np

from algorithms.ports.outputs import OutputPort
from runtime.errors import PermanentError


def invalid(port: OutputPort, what: str) -> PermanentError:
    """Return the error of an output that is not what it was declared to be."""
    return PermanentError("invalid_result", f"The output `{port.name}` {what}.")


def plain_value(value: Any) -> Any:
    """Return a number of NumPy as Python's."""
    return value.item() if isinstance(value, np.generic) else value  # pyright: ignore[reportUnknownVariableType]


def type_name(value: object) -> str:
    """Return the name of a value's type."""
    return type(value).__name__

"""What is said of an output that is not what it was declared to be."""

from typing import Any

from algorithms.ports.annotations import UNIT_LONGEST, is_unit
from algorithms.ports.outputs import OutputPort
from runtime.errors import PermanentError


def invalid(port: OutputPort, what: str) -> PermanentError:
    """Return the error of an output that is not what it was declared to be."""
    return PermanentError("invalid_result", f"The output `{port.name}` {what}.")


def type_of(value: object) -> str:
    """Return the name of a value's type."""
    return type(value).__name__


def unit_of(port: OutputPort, unit: Any, of: str = "") -> str:
    """Return the unit of an output, or of a part of it. Raises PermanentError (`invalid_result`) if it is none."""
    if not is_unit(unit):
        raise invalid(port, f"has the unit {unit!r:.40}{of}; a text of at most {UNIT_LONGEST} characters is asked")
    return unit

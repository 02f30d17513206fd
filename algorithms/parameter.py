"""The annotation that says what a parameter means and which values it takes."""

import math
import re
from dataclasses import dataclass
from typing import Any, Final

from algorithms.errors import DeclarationError

NUMBER_BOUNDS: Final = ("ge", "gt", "le", "lt", "multiple_of")
LENGTH_BOUNDS: Final = ("min_length", "max_length")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Meaning, unit and bounds of one parameter: `Annotated[float, Parameter("width of the kernel", gt=0, unit="mm")]`.

    Parameters
    ----------
    description : what the parameter does, for the catalogue and the web form.
    ge, gt, le, lt : bounds of a number: at least, above, at most, below.
    multiple_of : the number is a multiple of this. Whole, or a power of two such as 0.5: other fractions have no exact
        binary form, so that two validators can disagree on whether 0.3 is a multiple of 0.1.
    unit : unit of the value, such as "mm", "pixels" or "HU".
    min_length, max_length : bounds of a text's length in characters, or of a list's in items.
    pattern : regular expression that must occur in the text; anchor it with ^ and $ to match the whole.

    Raises
    ------
    DeclarationError : if the description is empty or the bounds exclude every value.
    """

    description: str
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    multiple_of: float | None = None
    unit: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.description, str) or not self.description.strip():  # pyright: ignore[reportUnnecessaryIsInstance] - plugins are not type-checked
            raise DeclarationError("a parameter needs a description: Parameter('what it does', ...)")
        unit: object = self.unit
        if not (unit is None or (isinstance(unit, str) and unit.isprintable())):  # pyright: ignore[reportUnnecessaryIsInstance] - see above
            raise DeclarationError(f"unit is {unit!r}; give a text, such as 'mm'")
        self._check_range()
        self._check_multiple()
        self._check_lengths()
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except (re.error, TypeError) as error:
                raise DeclarationError(f"pattern {self.pattern!r} is not a regular expression: {error}") from None

    def bounds(self) -> dict[str, Any]:
        """Return the bounds that are set, by name."""
        return self._present((*NUMBER_BOUNDS, *LENGTH_BOUNDS, "pattern"))

    def _present(self, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def _check_range(self) -> None:
        for name, value in self._present(NUMBER_BOUNDS).items():
            if not _is_finite_number(value):
                plain = f"; write it as a number of Python, {name}={value}" if hasattr(value, "tolist") else ""
                raise DeclarationError(f"{name}={value!r} is not a finite number{plain}")
        for one, other in (("ge", "gt"), ("le", "lt")):
            if getattr(self, one) is not None and getattr(self, other) is not None:
                raise DeclarationError(f"give either {one} or {other}, not both")
        low = self.ge if self.ge is not None else self.gt
        high = self.le if self.le is not None else self.lt
        closed = self.gt is None and self.lt is None
        if low is not None and high is not None and (low > high or (low == high and not closed)):
            raise DeclarationError(f"no value lies between the bounds {low} and {high}")

    def _check_multiple(self) -> None:
        step = self.multiple_of
        if step is None:
            return
        if step <= 0:
            raise DeclarationError(f"multiple_of={step} is not positive")
        if step != int(step) and math.frexp(step)[0] != 0.5:
            raise DeclarationError(
                f"multiple_of={step} is neither whole nor a power of two: it has no exact binary form"
            )

    def _check_lengths(self) -> None:
        lengths = self._present(LENGTH_BOUNDS)
        for name, value in lengths.items():
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise DeclarationError(f"{name}={value!r} is not a count")
        if lengths.get("min_length", 0) > lengths.get("max_length", math.inf):
            raise DeclarationError(f"min_length={self.min_length} is above max_length={self.max_length}")


def _is_finite_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

"""The annotations that say what an input or an output is."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast, get_args

from algorithms.declaration import Scope
from algorithms.errors import DeclarationError

COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
ANY_GRID: Final = "any"
UNIT_LONGEST: Final = 64  # characters, as in a result's manifest


@dataclass(frozen=True, slots=True)
class Input:
    """What a further input is for: `Annotated[Image | None, Input("an earlier scan", scopes=("series",))] = None`.

    Parameters
    ----------
    description : what the algorithm does with it.
    scopes : of an `Image` from the PACS; by default those of the algorithm.

    Raises
    ------
    DeclarationError : if the description is empty, or a scope is none.
    """

    description: str
    scopes: tuple[Scope, ...] = ()

    def __post_init__(self) -> None:
        _check_description(self.description, "an input", "Input('what it is for')")
        scopes: Any = self.scopes
        if not isinstance(scopes, tuple) or any(each not in get_args(Scope) for each in scopes):  # pyright: ignore[reportUnknownVariableType]
            raise DeclarationError(f"scopes is {scopes!r}; give a tuple of {', '.join(get_args(Scope))}")
        if len(set(scopes)) < len(scopes):  # pyright: ignore[reportUnknownArgumentType]
            raise DeclarationError(f"scopes {scopes!r} names a scope twice")


@dataclass(frozen=True, slots=True)
class Output:
    """What an output is: `Annotated[Labels, Output("tissue classes", names={1: "CSF", 2: "grey matter"})]`.

    Parameters
    ----------
    description : what it shows.
    unit : of an image's values, or of a quantity.
    window : (centre, width) of an image's previews, in its unit. For a map of 0 to 1 write (0.5, 0.99): from a width
        of 1 on, DICOM's function counts whole values and would show black and white alone.
    names : of labels, by their number. If there are any, every label needs one.
    colours : of labels, such as "#c81e1e", by their number; others are chosen.
    codes : of labels, by their number, as DICOM has them: (code value, coding scheme, meaning).
    grid : on which an image or labels must lie: "image" for that of the first argument, the name of a further input,
        or "any".

    Raises
    ------
    DeclarationError : if the description is empty, or a unit, window, grid, name, colour or code has another form.
    """

    description: str
    unit: str = ""
    window: tuple[float, float] | None = None
    # Optional[...] hashes the annotation that is in it
    names: Mapping[int, str] = field(default_factory=dict[int, str], hash=False)
    colours: Mapping[int, str] = field(default_factory=dict[int, str], hash=False)
    codes: Mapping[int, tuple[str, str, str]] = field(default_factory=dict[int, tuple[str, str, str]], hash=False)
    grid: str = "image"

    def __post_init__(self) -> None:
        _check_description(self.description, "an output", "Output('what it shows')")
        check_unit(self.unit)
        _check_window(self.window)
        if not _is_text(self.grid):
            raise DeclarationError(f"grid is {self.grid!r}; give 'image', 'any', or the name of a further input")
        for mapping in ("names", "colours", "codes"):
            if not isinstance(getattr(self, mapping), Mapping):
                raise DeclarationError(f"{mapping} is {getattr(self, mapping)!r}; give a mapping from each label")
            for label in getattr(self, mapping):
                if self.names and label not in self.names:
                    raise DeclarationError(f"{mapping} has the label {label!r}, which names does not have")
                if type(label) is not int or not 0 < label <= 65535:
                    raise DeclarationError(
                        f"{mapping} has the label {label!r}; labels are whole numbers from 1 to 65535"
                    )
        for label, name in self.names.items():
            if not _is_text(name):
                raise DeclarationError(f"the name of label {label} is {name!r}, not a text")
        for label, colour in self.colours.items():
            if not _is_text(colour) or not COLOUR.fullmatch(colour):
                raise DeclarationError(f"the colour of label {label} is {colour!r}; write it as '#c81e1e'")
        for label, code in self.codes.items():
            if type(code) is not tuple or len(code) != 3 or not all(map(_is_text, code)):
                raise DeclarationError(f"the code of label {label} is {code!r}; give (code value, scheme, meaning)")


def is_unit(unit: object) -> bool:
    """Whether a value is a unit, as declarations and results may have it."""
    return isinstance(unit, str) and len(unit) <= UNIT_LONGEST and unit.isprintable()


def check_unit(unit: object) -> None:
    """Check a unit. Raises DeclarationError."""
    if not is_unit(unit):
        raise DeclarationError(f"unit is {unit!r:.80}; give a text of at most {UNIT_LONGEST} characters, such as 'mm'")


def _check_window(window: Any) -> None:
    if window is None:
        return
    numbers = cast("tuple[object, ...]", window) if isinstance(window, tuple) else ()
    if len(numbers) != 2 or not all(map(_is_number, numbers)) or window[1] <= 0:
        raise DeclarationError(f"window is {window!r:.80}; give (centre, width), two numbers with a width above 0")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _check_description(description: object, what: str, example: str) -> None:
    if not _is_text(description):
        raise DeclarationError(f"{what} needs a description: {example}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

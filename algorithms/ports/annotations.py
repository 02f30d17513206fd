"""The annotations that say what an input or an output is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from algorithms.declaration import Scope
from algorithms.errors import DeclarationError

COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


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
    DeclarationError : if the description is empty, or a name, colour or code has another form.
    """

    description: str
    unit: str = ""
    window: tuple[float, float] | None = None
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    colours: Mapping[int, str] = field(default_factory=dict[int, str])
    codes: Mapping[int, tuple[str, str, str]] = field(default_factory=dict[int, tuple[str, str, str]])
    grid: str = "image"

    def __post_init__(self) -> None:
        _check_description(self.description, "an output", "Output('what it shows')")
        for mapping in ("names", "colours", "codes"):
            for label in getattr(self, mapping):
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


def _check_description(description: object, what: str, example: str) -> None:
    if not _is_text(description):
        raise DeclarationError(f"{what} needs a description: {example}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

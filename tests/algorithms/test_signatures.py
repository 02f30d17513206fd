"""Signatures that have no schema are refused with the reason."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
import pytest

from algorithms.errors import DeclarationError
from algorithms.parameters import Parameter, parameters_schema
from imaging import Image
from tests.algorithms.test_parameters import function


def no_image(sigma: float) -> None: ...
def nothing() -> None: ...
def image_by_keyword(*, image: Image) -> None: ...
def image_untyped(image, sigma: float) -> None: ...  # pyright: ignore[reportMissingParameterType, reportUnknownParameterType]
def image_of_another_type(image: float) -> None: ...
def untyped(image: Image, sigma=1.0) -> None: ...  # pyright: ignore[reportMissingParameterType]
def many(image: Image, *sigma: float) -> None: ...
def any_name(image: Image, **options: float) -> None: ...
def positional(image: Image, sigma: float, /) -> None: ...
def unknown_name(image: Image, sigma: "Sigma") -> None: ...  # noqa: F821 # pyright: ignore


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (no_image, "first parameter is not `image`"),
        (nothing, "first parameter is not `image`"),
        (image_by_keyword, "first parameter is not `image`"),
        (image_untyped, "first parameter is not annotated; write `image: Image`"),
        (image_of_another_type, "first parameter is annotated as float; write `image: Image`"),
        (untyped, "`sigma` has no type"),
        (many, "`sigma` cannot be given by name"),
        (any_name, "`options` cannot be given by name"),
        (positional, "`sigma` cannot be given by name"),
        (unknown_name, "name 'Sigma' is not defined"),
        (function(float, "1"), "its default '1' is refused: Input should be a valid number"),
        (function(float, None), "its default None is refused: Input should be a valid number; write `float | None`"),
        (function(Annotated[float, Parameter("d")], None), "; write `float | None`"),
        (function(Annotated[float, "the width"], 1.0), r"Annotated\[...\] has a text; write Parameter\('the width'\)"),
        (function(float, float("nan")), "its default nan is refused"),
        (function(int, True), "its default True is refused"),
        (function(Literal["a"], "b"), "its default 'b' is refused"),
        (function(Annotated[int, Parameter("d", ge=1)], 0), "its default 0 is refused"),
        (function(float, np.float32(0.5)), "; write 0.5, as Python has it"),
        (function(str, object()), "is refused: Object of type object is not JSON serializable"),
        (function(dict[str, float]), "parameter `value`: dict.* has no JSON form"),
    ],
)
def test_a_signature_without_a_schema_is_refused(run: Callable[..., Any], reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        parameters_schema(run)

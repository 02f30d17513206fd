from dataclasses import replace
from typing import Any

import pytest

from algorithms.checks.declaration import check_declaration
from algorithms.errors import DeclarationError
from imaging import Algorithm, Image


def run(image: Image, sigma: float = 1.0) -> Image:
    return image


GOOD = Algorithm("good", "Returns the image.", run)


@pytest.mark.parametrize("name", ["a", "processing_1", "processing-1", "3d", "a" * 24])
def test_a_name_that_fits_everywhere_is_accepted(name: str) -> None:
    assert check_declaration(replace(GOOD, name=name))["properties"]["sigma"]["type"] == "number"


@pytest.mark.parametrize(
    "name", ["", "A", "a" * 25, "a b", "a.b", "a/b", "é", "-a", "a-", "_a", "a_", "a\n", None, 3, ["a"]]
)
def test_another_name_is_refused(name: Any) -> None:
    with pytest.raises(DeclarationError, match="cannot name an algorithm"):
        check_declaration(replace(GOOD, name=name))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"summary": ""}, "algorithm 'good': summary is empty"),
        ({"summary": None}, "summary is empty"),
        ({"reference": None}, "reference is None"),
        ({"scopes": ()}, "scopes is ()"),
        ({"scopes": "image"}, "scopes is 'image'"),
        ({"scopes": ["image"]}, "scopes is"),
        ({"scopes": ("image", "volume")}, "'volume' is not a scope"),
        ({"scopes": ("image", "image")}, "names a scope twice"),
        ({"needs": "volume"}, "needs is 'volume'; it is one of regular, resampled, any"),
        ({"needs": ("any",)}, "needs is ('any',)"),
        ({"largest_input": (512, 512)}, "largest_input is (512, 512); give planes, rows and columns"),
        ({"largest_input": (1, 0, 512)}, "largest_input is (1, 0, 512)"),
        ({"resources": None}, "resources is None"),
        ({"run": None}, "run is a NoneType"),
    ],
)
def test_a_declaration_that_cannot_become_a_service_is_refused(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(replace(GOOD, **given))
    assert reason in str(caught.value)


def test_something_else_is_refused() -> None:
    with pytest.raises(DeclarationError, match="not an Algorithm"):
        check_declaration({"name": "good"})

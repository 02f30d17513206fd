"""What an author is told to write instead, for errors whose text does not say it."""

from collections.abc import Callable

import pytest

from runtime.authoring.advice import advice_on
from runtime.authoring.trials.trial import Trial

Attempt = Callable[..., Trial]


@pytest.mark.parametrize(
    ("way", "advice"),
    [("pools", "use threads"), ("adds_field", "an Image is not changed: return image.with_values"), ("raises", "")],
)
def test_errors_of_python_are_explained(way: str, advice: str, attempt: Attempt) -> None:
    found = advice_on(attempt(way))
    assert advice in found and bool(found) == bool(advice)

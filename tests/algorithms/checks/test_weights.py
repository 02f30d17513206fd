"""What a declaration says of its weights is complete and true where it is read."""

from dataclasses import replace
from typing import Any

import pytest

from algorithms.checks.declaration import check_declaration
from algorithms.errors import DeclarationError
from imaging import Weights
from tests.algorithms.checks.test_declaration import GOOD

# A file that is there wherever these tests run.
WEIGHTS = Weights("algorithms", "py.typed", sha256="0" * 64, licence="CC0-1.0", source="made by hand")


def test_complete_weights_that_are_there_are_accepted() -> None:
    check_declaration(replace(GOOD, weights=(WEIGHTS,)))


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        (WEIGHTS, "give a tuple of Weights(...)"),
        (("model.npz",), "weights is ('model.npz',); give a tuple of Weights(...)"),
        ((WEIGHTS, WEIGHTS), "weights names a file twice"),
        ((replace(WEIGHTS, package="my-model"),), "weights of 'my-model': give the package that holds them"),
        ((replace(WEIGHTS, package=None),), "weights of None"),
        ((replace(WEIGHTS, file="../model.npz"),), "weights '../model.npz' of algorithms: give the file's path in the"),
        ((replace(WEIGHTS, file="/model.npz"),), "weights '/model.npz' of algorithms"),
        ((replace(WEIGHTS, sha256="0" * 40),), "weights py.typed of algorithms: sha256 is '000"),
        ((replace(WEIGHTS, licence=""),), "licence is ''; say under which it may be used"),
        ((replace(WEIGHTS, source=None),), "source is None; say where it comes from"),
        ((replace(WEIGHTS, file="model.npz"),), "model.npz; let the distribution's wheel include it"),
        ((replace(WEIGHTS, package="no_such_model"),), "there is no package no_such_model"),
    ],
)
def test_anything_else_is_refused(weights: Any, reason: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(replace(GOOD, weights=weights))
    assert str(caught.value).startswith("algorithm 'good': weights") and reason in str(caught.value)

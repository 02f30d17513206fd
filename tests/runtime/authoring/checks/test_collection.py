"""Algorithms of the collection keep every rule of `imaging check`: one of each room, or all of them."""

import os

import pytest

from runtime.authoring.checks.check import RULES, Check
from runtime.authoring.target import find
from tests.collection.declarations import ENTRY_POINTS
from tests.runtime.authoring.checks.here import Here

# `make check-collection` takes all 21 of them, in about a minute.
SAMPLE = ("unsharp_mask", "resample_isotropic", "sobel_edges", "otsu", "region_properties", "subtract")
NAMES = ENTRY_POINTS if os.environ.get("COLLECTION_CHECK") == "all" else SAMPLE


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_every_rule(name: str) -> None:
    registered = find(f"{ENTRY_POINTS[name]}:{name}")
    found = {each.rule: each.faults for each in Check(registered, Here(registered)).findings()}
    assert found == dict.fromkeys(RULES, ())


def test_there_is_one_of_each_room() -> None:
    assert {ENTRY_POINTS[name].split(".")[1] for name in SAMPLE} == {
        each.split(".")[1] for each in ENTRY_POINTS.values()
    }

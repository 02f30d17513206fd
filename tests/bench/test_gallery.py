"""The gallery shows every algorithm, as it is now."""

import pytest

from algorithms.parameters import bind
from bench.gallery.__main__ import PAGE, PICTURES, declarations
from bench.gallery.entries import ENTRIES, Entry

MOST_BYTES = 300_000


def test_every_algorithm_is_shown() -> None:
    assert {entry.name for entry in ENTRIES} == set(declarations())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_its_section_has_its_parameters_and_pictures(entry: Entry) -> None:
    algorithm = declarations()[entry.name]
    section = PAGE.read_text().partition(f"\n## {entry.name}\n")[2].partition("\n## ")[0]
    assert algorithm.summary in section, "the page is an old one: make gallery"
    for name in bind(algorithm.run, entry.parameters):
        assert f"`{name}`" in section
    assert "- Seconds: " in section
    if "![Result]" in section:
        assert (PICTURES / f"{entry.name}.png").exists()
    else:
        assert "- Measurements: " in section


def test_its_pictures_are_small_and_none_is_left_over() -> None:
    pictures = list(PICTURES.glob("*.png"))
    assert sum(each.stat().st_size for each in pictures) < MOST_BYTES
    text = PAGE.read_text()
    assert [each.name for each in pictures if f"images/gallery/{each.name}" not in text] == []

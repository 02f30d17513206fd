"""Every transfer syntax crossed with the classes of images: no cell is shown, but different."""

from pathlib import Path

import pytest

from bench.matrix.page import section
from bench.matrix.run import cells
from bench.matrix.syntaxes import SYNTAXES, Syntax

PAGE = Path(__file__).parents[2] / "docs" / "dicom-matrix.md"


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.name)
def test_each_cell_is_equal_or_refused_and_stands_on_the_page(syntax: Syntax, tmp_path: Path) -> None:
    found = list(cells(syntax, tmp_path))
    assert [(cell.case.name, cell.kind, cell.text) for cell in found if cell.wrong] == []
    assert section(syntax, found) + "\n" in PAGE.read_text(), "the page is an old one: make matrix"


def test_there_are_a_thousand_cells() -> None:
    last = next(line for line in PAGE.read_text().splitlines() if line.endswith("|") and " cells**" in line)
    assert int(last.split("**")[1].split()[0]) >= 1000

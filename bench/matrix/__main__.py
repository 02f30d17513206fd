"""`python -m bench.matrix`: write docs/dicom-matrix.md. Takes a minute."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.matrix.page import page
from bench.matrix.run import cells
from bench.matrix.syntaxes import SYNTAXES

PAGE = Path(__file__).parents[2] / "docs" / "dicom-matrix.md"


def main() -> None:
    """Write the page; end with an error if a cell is neither equal nor refused as it should be."""
    with TemporaryDirectory() as folder:
        found = {syntax: list(cells(syntax, Path(folder))) for syntax in SYNTAXES}
    PAGE.write_text(page(found))
    wrong = [(syntax, cell) for syntax, some in found.items() for cell in some if cell.wrong]
    for syntax, cell in wrong:
        print(f"{syntax.name} | {cell.case.group} | {cell.case.name} | {cell.kind} {cell.text}")
    print(f"{sum(map(len, found.values()))} cells, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

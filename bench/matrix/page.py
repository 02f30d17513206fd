"""The cells as the page docs/dicom-matrix.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from bench.matrix.run import Cell
from bench.matrix.syntaxes import Syntax

HEAD = """# The matrix of DICOM images

`make matrix` writes this page, and the tests compare it with what comes of every cell. A cell is a class of images
in a transfer syntax. It is **equal**, to the last bit, to what a second decoder makes of the same file, which is
not the library that decodes that transfer syntax here; or it is **refused**, with a sentence. Cells that are shown
but different would be a fault: there are none.

Values are those after the modality table or slope and intercept, colours are RGB, and of windows and VOI tables the
grey levels are compared too; of geometry the spacing, the first pixel's place, the axes and the order of frames. What
follows the decoder (bits, tables, windows, colours, places) is computed by the words of PS3.3 and PS3.5 with NumPy.
What is coded without loss must also be what was encoded. The inputs are encoded in each run, the same in each. The
classes, and which of them a code can hold, are in [bench/matrix](../bench/matrix).

Not in the matrix, because no second decoder agrees to the last bit or none was found: JPEG 2000 and HTJ2K with the
irreversible wavelet (T.803 allows decoders to differ), several tiles, JPEG-LS codestreams of fewer than 8 bits, and
JPEG-LS colours other than interleaved by line. The windows are such that no value lies halfway between two grey
levels, since the standard does not say how that is rounded. Retired transfer syntaxes, but for
Explicit VR Big Endian, and video are left out. No decoder of JPEG XL other than libjxl was found in the registries:
its cells are coded without loss and compared with what was encoded; of a JPEG that was recompressed, with what a second
decoder makes of that JPEG.
"""


def page(found: Mapping[Syntax, Sequence[Cell]]) -> str:
    """Return the page."""
    lines = [HEAD, "| transfer syntax | decoder | second decoder | equal | refused |", "|---|---|---|---|---|"]
    total = Counter[str]()
    for syntax, cells in found.items():
        kinds = Counter(cell.kind for cell in cells)
        total += kinds
        lines.append(
            f"| {syntax.name} | {syntax.first or 'none'} | {syntax.independent or 'none'} "
            f"| {kinds['equal']} | {kinds['refused']} |"
        )
    lines.append(f"| **{sum(total.values())} cells** | | | {total['equal']} | {total['refused']} |")
    return "\n".join([*lines, *(section(syntax, cells) for syntax, cells in found.items())]) + "\n"


def section(syntax: Syntax, cells: Sequence[Cell]) -> str:
    """Return a transfer syntax's part of the page: its classes by group, and each refusal's sentence once."""
    lines = ["", f"## {syntax.name}", "", f"`{syntax.uid}`", ""]
    for group, some in groupby(cells, lambda cell: cell.case.group):
        kinds: dict[str, list[str]] = {}
        for cell in some:
            outcome = cell.kind if cell.kind == "equal" else f"{cell.kind}: {cell.text}"
            kinds.setdefault(outcome, []).append(cell.case.name)
        lines += [f"**{group}**", ""]
        lines += [f"- {outcome} ({len(names)}): {'; '.join(names)}" for outcome, names in kinds.items()]
        lines.append("")
    return "\n".join(lines).rstrip()

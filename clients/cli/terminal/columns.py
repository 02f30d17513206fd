"""Lays rows of text out in columns, as the commands print tables."""

from collections.abc import Iterable, Sequence


def lines(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> list[str]:
    """Return a line for the head and for each row; the first `left` columns are flush left, the others flush right."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def duration(seconds: float) -> str:
    """Return a duration in the largest unit of which it has two: `90 s`, `2 min`, `3 d`."""
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size:.0f} {unit}"
    return f"{seconds:.0f} s"

"""`python -m bench.algorithms [NAME ...]`: print the candidates side by side; fail if a slower one was chosen."""

import sys
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.algorithms.case import Case
from bench.algorithms.cases import CASES
from bench.algorithms.process import OURS, Computer

ROUNDS = 5
SLOWER = 1.1  # how many times the fastest equal candidate's time a choice may take
HUNDREDFOLD = ("median_3x3", "median_5x5")  # what OpenCV computes of 16 bits in one go
MEDIAN = 100  # times as fast as scikit-image's a median is at least ...
LEAST = 256  # ... of planes of so many rows: in smaller ones calls take longer than the filter
console = Console(width=100, highlight=False)


def main() -> None:
    """Compare the named algorithms, or all of them."""
    names = sys.argv[1:] or list(CASES)
    faults = [fault for name in names for fault in _compare(name, CASES[name])]
    for fault in faults:
        console.print(fault)
    sys.exit(bool(faults))


def _compare(name: str, case: Case) -> list[str]:
    computers = {each: Computer(name, each) for each in (OURS, *case.others)}
    try:
        found = {each: computer.result() for each, computer in computers.items()}
        turns = [{each: computer.compute() for each, computer in computers.items()} for _ in range(ROUNDS)]
    finally:
        for computer in computers.values():
            computer.close()
    planes, rows, columns = case.image().pixels.shape
    title = f"{name}: the sample series, {planes} planes of {rows} x {columns}"
    table = Table(title=title, title_justify="left")
    for column in ("", "fastest ms", "MiB", "difference", "differ", "times ours"):
        table.add_column(column, justify="right" if column else "left")
    # the fastest of the rounds: other work on the machine only adds to it
    fastest = {each: 1000 * min(turn[each] for turn in turns) for each in computers}
    faults: list[str] = []
    for each, (values, memory) in found.items():
        largest, share = _difference(values, found[OURS][0], case.equal)
        ratio = fastest[each] / fastest[OURS]
        shown = ("", "") if each == OURS else (f"{largest:.3g}", f"{share:.2%}")
        table.add_row(each, f"{fastest[each]:.2f}", f"{memory:.1f}", *shown, f"{ratio:.2f}")
        if share <= case.share and fastest[OURS] > SLOWER * fastest[each]:
            faults.append(f"{name}: {each} gives the same in {ratio:.0%} of the time.")
    if name.startswith(HUNDREDFOLD) and rows >= LEAST and (times := fastest["scikit-image"] / fastest[OURS]) < MEDIAN:
        faults.append(f"{name}: scikit-image takes {times:.0f} times as long; {MEDIAN} is asked.")
    console.print(table)
    sys.stdout.flush()
    return faults


def _difference(values: Any, ours: Any, equal: float) -> tuple[float, float]:
    """Return the largest difference, and the share of the pixels whose difference is more than none."""
    away = np.abs(values.astype(np.float64) - ours)
    return float(away.max()), float((away > equal).mean())


if __name__ == "__main__":
    main()

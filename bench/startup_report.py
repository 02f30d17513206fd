"""The tables that `python -m bench.startup` prints."""

import statistics
from collections.abc import Mapping, Sequence

from bench.instruments.processes import Memory
from bench.report import console, titled


def startup(
    ready: Mapping[int, Sequence[float]],
    hops: Mapping[str, tuple[int, int]],
    memory: Mapping[str, Memory],
    template: Memory,
    busy: Mapping[str, float],
) -> None:
    """Until the local system is ready, first jobs, the memory of idle tasks, the CPU time of idling."""
    table = titled("`imaging up` until it is ready", "algorithms", "s", "of them", "starts")
    least = next(iter(ready.values()))
    for algorithms, seconds in ready.items():
        ratio = statistics.median(seconds) / statistics.median(least)
        each = ", ".join(f"{one:.1f}" for one in seconds)
        table.add_row(str(algorithms), f"{statistics.median(seconds):.1f}", f"{ratio:.2f} x", each)
    console.print(table)
    table = titled(
        "An algorithm's jobs and its memory", "algorithm", "first started ms", "second ms", "idle MiB", "of its own"
    )
    for name, (first, second) in hops.items():
        table.add_row(name, str(first), str(second), *_mebibytes(memory[name]))
    table.add_row("(template)", "", "", *_mebibytes(template))
    console.print(table)
    table = titled("Doing nothing", "processes", "% of a core")
    for kind, share in sorted(busy.items(), key=lambda each: -each[1]):
        table.add_row(kind, f"{100 * share:.1f}")
    table.add_row("all", f"{100 * sum(busy.values()):.1f}")
    console.print(table)


def _mebibytes(memory: Memory) -> tuple[str, str]:
    return f"{memory.with_parts:.0f}", f"{memory.own:.0f}"

"""The tables that `python -m bench` prints."""

import os
import platform
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from bench.instruments.billing import together as units_of
from bench.instruments.call import Call
from bench.instruments.measure import Sample
from bench.scale import Cost
from runtime.operation.prices import Prices

console = Console(width=100, highlight=False)


def titled(title: str, *columns: str) -> Table:
    """Return an empty table; all columns but the first are numbers."""
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def machine() -> None:
    """Say where this was measured."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    console.print(
        f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.machine()}, {load} at the end."
    )
    console.print("Medians, in brackets the middle half of the values.\n")


def whole_way(taken: Mapping[str, Sample]) -> None:
    """Direct call against the whole way."""
    table = titled(
        "Direct call and whole way, POST to result", "algorithm", "direct ms", "whole ms", "added ms", "ratio"
    )
    for label, direct, whole in (
        ("about 4 ms", "direct 4 ms", "bench_4ms"),
        ("about 240 ms", "direct 240 ms", "bench_240ms"),
    ):
        added, ratio = taken[whole].median - taken[direct].median, taken[whole].median / taken[direct].median
        table.add_row(label, str(taken[direct]), str(taken[whole]), f"{added:.1f}", f"{ratio:.2f}")
    console.print(table)


def idle(taken: Mapping[str, Sample], needed: Mapping[str, int]) -> None:
    """The idle system against the sum of its floors."""
    table = titled("Idle: POST to result against the sum of the bare calls it needs", "", "times", "each ms", "sum ms")
    total = taken["direct 4 ms"].median
    for name, times in needed.items():
        total += times * taken[name].median
        table.add_row(name, str(times), str(taken[name]), f"{times * taken[name].median:.1f}")
    table.add_row("algorithm", "1", str(taken["direct 4 ms"]), f"{taken['direct 4 ms'].median:.1f}")
    table.add_section()
    whole = taken["bench_4ms"]
    table.add_row("sum of the floors", "", "", f"{total:.1f}")
    table.add_row("POST to result, p50", "", str(whole), f"{whole.median:.1f}")
    table.add_row("ratio", "", "", f"{whole.median / total:.2f}")
    console.print(table)


def calls(alone: Sequence[Call], together: Sequence[Call], jobs: int) -> None:
    """Calls by who makes them, for one job and for many at once; then those that time makes."""
    table = titled(
        f"Calls of AWS from POST to the acknowledged result: one job, and {jobs} at once",
        *("", "one job", f"{jobs} jobs", "each"),
    )
    for timed in (False, True):
        counts = [Counter(str(call) for call in made if call.timed is timed) for made in (alone, together)]
        counts = [Counter({"all": each.total()}) + each for each in counts]
        for name in sorted(set(counts[0]) | set(counts[1])):
            cells = (str(counts[0][name]), str(counts[1][name]), f"{counts[1][name] / jobs:.2f}")
            table.add_row(f"{'because time passes: ' if timed else ''}{name}", *cells)
        table.add_section()
    console.print(table)


def bill(alone: Sequence[Call], together: Sequence[Call], jobs: int, prices: Prices) -> None:
    """What AWS bills for the calls for jobs, and for a million jobs of the one kind and of the other."""
    table = titled(
        f"Billed for the calls for jobs, without computing time ({prices.region}, {prices.date})",
        *("unit", "one job", f"{jobs} jobs, each", "$ a million, alone", f"$ a million, {jobs} at once"),
    )
    units = [units_of(call for call in made if not call.timed) for made in (alone, together)]
    sums = [0.0, 0.0]
    for name in sorted(set(units[0]) | set(units[1]), key=lambda name: -units[0][name] * prices.of(name)):
        each = (units[0][name], units[1][name] / jobs)
        usd = [1e6 * number * prices.of(name) for number in each]
        sums = [total + more for total, more in zip(sums, usd, strict=True)]
        table.add_row(name, *(f"{number:.3g}" for number in each), *(f"{number:.2f}" for number in usd))
    table.add_section()
    table.add_row("together", "", "", *(f"{total:.2f}" for total in sums))
    console.print(table)


def rates(taken: Mapping[str, Sample]) -> None:
    """One worker on nothing, with calls as fast as the emulator and with slower ones."""
    table = titled("One worker, an algorithm that does nothing, if each call takes", "", "jobs a second")
    for name, sample in taken.items():
        table.add_row(name, str(sample))
    console.print(table)


def cold(taken: Mapping[str, Sample]) -> None:
    """The router's import against bare boto3."""
    _pair("Cold import of the router (target at most 1.10)", "ms", taken)


def scale(costs: Sequence[Cost]) -> None:
    """More algorithms, and what each one more costs from one size to the next: the same where growth is linear."""
    table = titled(
        "The program on paper, with so many algorithms more",
        *("added", "registry ms", "each more ms", "program s", "each more ms", "resources", "each more"),
    )
    before = None
    for cost in costs:
        cells = [cost.registry_ms.median, cost.program_ms.median, float(cost.resources)]
        more = ["", "", ""]
        if before is not None:
            earlier = (before.registry_ms.median, before.program_ms.median, before.resources)
            more = [
                f"{(now - then) / (cost.added - before.added):.1f}" for now, then in zip(cells, earlier, strict=True)
            ]
        before = cost
        table.add_row(
            str(cost.added),
            *(f"{cells[0]:.0f}", more[0], f"{cells[1] / 1000:.1f}", more[1], str(cost.resources), more[2]),
        )
    console.print(table)


def _pair(title: str, unit: str, taken: Mapping[str, Sample]) -> None:
    table = titled(title, "", unit)
    for name, sample in taken.items():
        table.add_row(name, str(sample))
    base, ours = taken.values()
    table.add_row("ratio", f"{ours.median / base.median:.2f}")
    console.print(table)

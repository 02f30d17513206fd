"""Prints how many times as fast as Orthanc the PACS API answers: `make bench-pacs`."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

from bench.pacs.calls import NotShownError, seconds
from bench.pacs.instances import SIZES, SYNTAXES, Instance, instances
from bench.pacs.servers import Address, missing, orthanc, ours
from runtime.local.emulator.emulator import Emulator

CONNECTIONS: Final = (1, 8, 32)
CALLS: Final = {128: 32, 512: 16, 2000: 8}  # in one turn of one server
ROUNDS: Final = 3
Server = tuple[int, Address]
Row = tuple[str, int, str, int]  # syntax, pixels a side, kind of call, connections


def main(arguments: Sequence[str]) -> int:
    """Measure and print the table; return 1 if something is missing."""
    parser = argparse.ArgumentParser(prog="make bench-pacs")
    parser.add_argument("--syntax", choices=list(SYNTAXES), action="append")
    parser.add_argument("--size", type=int, choices=SIZES, action="append")
    chosen = parser.parse_args(arguments)
    if lacks := missing():
        print(lacks, file=sys.stderr)
        return 1
    sizes, syntaxes = chosen.size or SIZES, chosen.syntax or list(SYNTAXES)
    print("| syntax | pixels | call | connections | Orthanc, ms | PACS API, ms | times as fast |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        for syntax in syntaxes:
            for row, (theirs, own) in _measured(syntax, size):
                cells = (*map(str, row), f"{theirs:.2f}", f"{own:.2f}", f"{theirs / own:.2f}")
                print(f"| {' | '.join(cells)} |", flush=True)
    return 0


def _measured(syntax: str, size: int) -> Iterator[tuple[Row, tuple[float, float]]]:
    """Yield each row with the milliseconds that a call takes, of Orthanc and of ours."""
    calls = CALLS[size]
    stored = instances(syntax, size, calls * ROUNDS * len(CONNECTIONS))
    with (
        tempfile.TemporaryDirectory(prefix="imaging-orthanc-") as folder,
        Emulator() as cloud,
        orthanc(Path(folder), stored) as theirs,
        ours(cloud, stored) as own,
    ):
        servers = (theirs, own)
        unseen = iter(stored)
        try:
            for connections in CONNECTIONS:
                turns = [[next(unseen) for _ in range(calls)] for _ in range(ROUNDS)]
                yield (
                    (syntax, size, "first time", connections),
                    _turns(servers, [[(each, None) for each in turn] for turn in turns], connections),
                )
            windows = count(1)
            for connections in CONNECTIONS:
                again = [[(stored[0], None)] * calls for _ in range(ROUNDS)]
                yield (syntax, size, "same picture", connections), _turns(servers, again, connections)
                new = [[(stored[0], (500.0 + next(windows), 900.0)) for _ in range(calls)] for _ in range(ROUNDS)]
                yield (syntax, size, "new window", connections), _turns(servers, new, connections)
        except NotShownError as error:
            print(f"| {syntax} | {size} | not shown: {error} | | | | |", flush=True)


def _turns(
    servers: Sequence[Server], rounds: Sequence[Sequence[tuple[Instance, tuple[float, float] | None]]], connections: int
) -> tuple[float, float]:
    """Return the median milliseconds of a call, of each server; they take turns, and another begins in each round."""
    taken: list[list[float]] = [[], []]
    for number, calls in enumerate(rounds):
        for at in (0, 1) if number % 2 else (1, 0):
            port, address = servers[at]
            addresses = [address(instance, window) for instance, window in calls]
            taken[at].append(seconds(port, addresses, connections) / len(calls))
            time.sleep(0.05)
    theirs, own = (1000 * median(each) for each in taken)
    return theirs, own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

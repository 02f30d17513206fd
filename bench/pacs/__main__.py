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

from bench.pacs.calls import DICOM, PNG, NotShownError, seconds
from bench.pacs.instances import SIZES, SYNTAXES, Instance, instances
from bench.pacs.processor import processor_seconds
from bench.pacs.servers import Server, Window, bare_s3, missing, orthanc, ours
from runtime.local.emulator.emulator import Emulator

CONNECTIONS: Final = (1, 8, 32)
CALLS: Final = {128: 32, 512: 16, 2000: 8}  # in one turn of one server
ROUNDS: Final = 3
# Calls that take less are timed for longer.
AGAIN_CALLS: Final = {128: 256, 512: 64, 2000: 8}
AGAIN_ROUNDS: Final = {128: 9, 512: 5, 2000: 3}
RATIOS: Final = ("times as fast", "times less CPU", "S3, ms", "times as fast without S3")
Row = tuple[str, int, str, int]  # syntax, pixels a side, kind of call, connections
Measured = tuple[Row, list[float], float]


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
    columns = ("syntax", "pixels", "call", "connections", "Orthanc, ms", "PACS API, ms", *RATIOS)
    print(f"| {' | '.join(columns)} |")
    print(f"|{'---|' * len(columns)}")
    for size in sizes:
        for syntax in syntaxes:
            for row, (theirs, own, *s3), lighter in _measured(syntax, size):
                cells = [*map(str, row), f"{theirs:.2f}", f"{own:.2f}", f"{theirs / own:.2f}", f"{lighter:.2f}"]
                cells += [f"{s3[0]:.2f}", f"{theirs / max(own - s3[0], 0.01):.2f}"] if s3 else ["", ""]
                print(f"| {' | '.join(cells)} |", flush=True)
    return 0


def _measured(syntax: str, size: int) -> Iterator[Measured]:
    """Yield each row with the milliseconds that a call takes: of Orthanc, of ours, and of what ours asks of S3.

    The last is how many times as much processor time Orthanc takes as ours does.
    """
    calls = CALLS[size]
    stored = instances(syntax, size, calls * ROUNDS * len(CONNECTIONS))
    with (
        tempfile.TemporaryDirectory(prefix="imaging-orthanc-") as folder,
        Emulator() as cloud,
        orthanc(Path(folder), stored) as theirs,
        ours(cloud, stored) as own,
    ):
        servers, s3 = (theirs, own), bare_s3(cloud)
        again_calls, again_rounds = AGAIN_CALLS[size], AGAIN_ROUNDS[size]
        unseen = iter(stored)
        try:
            for connections in CONNECTIONS:
                new = [[(next(unseen), None) for _ in range(calls)] for _ in range(ROUNDS)]
                yield (syntax, size, "first time", connections), *_turns((*servers, s3), new, connections)
            windows = count(1)
            for connections in CONNECTIONS:
                again = [[(stored[0], None)] * again_calls for _ in range(again_rounds)]
                yield (syntax, size, "same picture", connections), *_turns(servers, again, connections)
                new = [
                    [(stored[0], (500.0 + next(windows) / 8, 900.0)) for _ in range(again_calls)]
                    for _ in range(again_rounds)
                ]
                yield (syntax, size, "new window", connections), *_turns(servers, new, connections)
        except NotShownError as error:
            print(f"| {syntax} | {size} | not shown: {error} | | | | |", flush=True)


def _turns(
    servers: Sequence[Server], rounds: Sequence[Sequence[tuple[Instance, Window]]], connections: int
) -> tuple[list[float], float]:
    """Return the median milliseconds of a call, of each server, and the ratio of the first two's processor times.

    They take turns, and another begins in each round.
    """
    taken: list[list[float]] = [[] for _ in servers]
    processor = [0.0 for _ in servers]
    for number, calls in enumerate(rounds):
        for turn in range(len(servers)):
            at = (number + turn) % len(servers)
            server = servers[at]
            addresses = [server.address(instance, window) for instance, window in calls]
            before = processor_seconds(server.process) if server.process else 0
            took = seconds(server.port, addresses, connections, DICOM if at > 1 else PNG)
            taken[at].append(took / len(calls))
            time.sleep(0.05)
            processor[at] += (processor_seconds(server.process) if server.process else 0) - before
    return [1000 * median(each) for each in taken], processor[0] / max(processor[1], 0.001)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m bench`: everything in one run, as tables. Takes about four minutes."""

import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from algorithms.registry import load_registry
from bench import imports, report, scale, throughput
from bench.floors import NEEDED, floors
from bench.measure import Action, interleave
from bench.system import System, system
from runtime.bundle import build
from runtime.dicom import read_image

ROUNDS = 40


def main() -> None:
    """Measure, then print."""
    with system() as running:
        actions = {**_direct(running), **{name: running.job(name) for name in ("bench_4ms", "bench_240ms")}}
        with floors(running.cloud.emulator, running.file.read_bytes()) as bare:
            taken = interleave(ROUNDS, {**actions, **bare})
        rates = throughput.measure(running)
        with TemporaryDirectory() as folder:
            cold = imports.measure(build(load_registry(), Path(folder)), running.cloud.emulator.environment)
    costs = scale.measure()
    report.machine()
    report.whole_way(taken)
    report.idle(taken, NEEDED)
    report.rates(rates)
    report.cold(cold)
    report.scale(costs)


def _direct(running: System) -> dict[str, Action]:
    """The algorithms called as plain functions on the image as it is read once."""
    image = read_image([running.file])
    module = importlib.import_module("imaging_bench")

    def calling(name: str) -> Action:
        def action() -> None:
            getattr(module, name)(image)

        return action

    return {"direct 4 ms": calling("short"), "direct 240 ms": calling("long")}


if __name__ == "__main__":
    sys.exit(main())

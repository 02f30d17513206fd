"""`python -m bench`: everything in one run, as tables. Takes about ten minutes."""

import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from algorithms.registry import load_registry
from bench import delayed, imports, report, scale
from bench.calls import count
from bench.floors import NEEDED, floors
from bench.instruments.measure import Action, interleave
from bench.instruments.recorded import RecordedCloud
from bench.instruments.system import System, install_plugin, system
from runtime.bundle import build
from runtime.dicom import read_image
from runtime.local.cloud import LocalCloud
from runtime.operation import prices

ROUNDS = 40
USUAL = "bench_4ms"  # a job with a picture before, one after, and the image, on one worker
MANY = 100


def main() -> None:
    """Measure, then print."""
    install_plugin()
    with system(LocalCloud()) as running:
        actions = {**_direct(running), **{name: running.job(name) for name in ("bench_4ms", "bench_240ms")}}
        with floors(running.cloud.emulator, running.file.read_bytes()) as bare:
            taken = interleave(ROUNDS, {**actions, **bare})
        with TemporaryDirectory() as folder:
            cold = imports.measure(build(load_registry(), Path(folder)), running.cloud.emulator.environment)
    recorded = RecordedCloud()
    with system(recorded) as running:
        alone, together = (count(recorded, running, USUAL, jobs) for jobs in (1, MANY))
        rates = delayed.measure(recorded, running)
    costs = scale.measure()
    report.machine()
    report.whole_way(taken)
    report.idle(taken, NEEDED)
    report.calls(alone, together, MANY)
    report.bill(alone, together, MANY, prices.read())
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

"""`make chaos`: thousands of jobs while workers die and AWS fails, and Celery under the same jobs and kills."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.chaos import system
from bench.chaos.celery_arm import run as celery
from bench.chaos.outcome import Outcome
from bench.chaos.plan import Plan
from bench.instruments.system import install_plugin

PLUGIN = Path(__file__).parent / "plugin"
CELERY = Path("build") / "celery"
OWN = {"as it is": False, "without SNS's deduplication": True}
PEERS = {"Celery as it comes": False, "Celery, acks_late and reject_on_worker_lost": True}


@click.command()
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, help="Of the whole plan.")
@click.option("--only", type=click.Choice([*OWN, *PEERS]), multiple=True, help="One of the runs, or several.")
def main(share: float, only: tuple[str, ...]) -> None:
    """Run the plan and print what came of it; the exit code is 1 if a promise was broken."""
    plan = Plan().scaled(share)
    jobs = plan.all_jobs()
    os.environ["IMAGING_WEB"] = "0"
    install_plugin(PLUGIN)

    def own(bypass: bool, folder: Path) -> Outcome:
        return system.run(plan, folder, bypass=bypass)

    outcomes = _run(own, {name: each for name, each in OWN.items() if not only or name in only})
    _print({name: outcome.rows(jobs) for name, outcome in outcomes.items()})
    broken = {name: outcome.broken(jobs) for name, outcome in outcomes.items()}
    for name, promises in broken.items():
        for promise in promises:
            print(f"broken, {name}: {promise}")
    peers = {name: late for name, late in PEERS.items() if not only or name in only}
    if peers and shutil.which("redis-server"):
        python = celery.environment(CELERY.resolve())
        peer_outcomes = _run(lambda late, folder: celery.run(plan, python, folder, late=late), peers)
        _print({name: outcome.peer_rows(jobs) for name, outcome in peer_outcomes.items()})
    elif peers:
        print("Celery was not run: it needs redis-server (on Debian: apt-get install redis-server).")
    sys.exit(1 if any(broken.values()) else 0)


def _run(arm: Callable[[bool, Path], Outcome], runs: Mapping[str, bool]) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for name, choice in runs.items():
        with TemporaryDirectory(prefix="chaos-") as folder:
            outcomes[name] = arm(choice, Path(folder))
    return outcomes


def _print(rows: Mapping[str, Mapping[str, int | str]]) -> None:
    """Print a table with a column for each run."""
    if not rows:
        return
    print("|  | " + " | ".join(rows) + " |")
    print("|---|" + "---:|" * len(rows))
    for row in next(iter(rows.values())):
        print(f"| {row} | " + " | ".join(str(each[row]) for each in rows.values()) + " |", flush=True)


if __name__ == "__main__":
    main()

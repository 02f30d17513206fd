"""`make chaos`: thousands of jobs while workers die and AWS fails, as it is and without SNS's deduplication."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.chaos import system
from bench.chaos.outcome import Outcome
from bench.chaos.plan import Plan
from bench.system import install_plugin

PLUGIN = Path(__file__).parent / "plugin"
RUNS = {"as it is": False, "without SNS's deduplication": True}


@click.command()
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=1.0, help="Of the whole plan.")
@click.option("--only", type=click.Choice(list(RUNS)), help="One of the two runs.")
def main(share: float, only: str | None) -> None:
    """Run the plan twice and print what came of it; the exit code is 1 if a promise was broken."""
    plan = Plan().scaled(share)
    os.environ["IMAGING_WEB"] = "0"
    install_plugin(PLUGIN)
    outcomes: dict[str, Outcome] = {}
    for name in [only] if only else RUNS:
        with TemporaryDirectory(prefix="chaos-") as folder:
            outcomes[name] = system.run(plan, Path(folder), bypass=RUNS[name])
    jobs = plan.all_jobs()
    rows = {name: outcome.rows(jobs) for name, outcome in outcomes.items()}
    print("|  | " + " | ".join(rows) + " |")
    print("|---|" + "---:|" * len(rows))
    for row in next(iter(rows.values())):
        print(f"| {row} | " + " | ".join(str(each[row]) for each in rows.values()) + " |")
    broken = {name: outcome.broken(jobs) for name, outcome in outcomes.items()}
    for name, promises in broken.items():
        for promise in promises:
            print(f"broken, {name}: {promise}")
    sys.exit(1 if any(broken.values()) else 0)


if __name__ == "__main__":
    main()

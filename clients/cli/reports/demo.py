"""What `imaging demo` says of its jobs: their hops, and where their pictures are."""

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass
class Job:
    """One job of the demo as it is reported; the JSON leaves out `url`, which is gone when the cloud stops."""

    job_id: str
    algorithm: str
    scope: str
    state: str
    hops: dict[str, int]
    files: list[str]
    url: str

    def report(self) -> dict[str, Any]:
        """Return the job's entry in the JSON report."""
        return {name: value for name, value in asdict(self).items() if name != "url"}


def differences(hops: dict[str, int]) -> dict[str, int]:
    """Return the milliseconds from each hop to the next, in the order in which the job crossed them."""
    crossed = sorted(hops.items(), key=lambda hop: hop[1])
    return {name: at - before for (_, before), (name, at) in pairwise(crossed)}


def show(console: Console, jobs: list[Job], seconds: float) -> None:
    """Print the hops of the jobs side by side, and where their pictures are."""
    table = Table("hop", title="milliseconds per hop")
    for job in jobs:
        table.add_column(f"{job.algorithm} ({job.scope})", justify="right")
    for name in jobs[0].hops:
        table.add_row(name, *(str(job.hops.get(name, "")) for job in jobs))
    console.print(table)
    for job in jobs:
        console.print(f"{job.algorithm}: {job.state}, {len(job.files)} files, before and after in {job.files[0]}")
        console.print(f"  was served at {job.url}", soft_wrap=True, style="dim")
    console.print(f"{seconds} s from nothing to here; nothing is left running.")

"""What a person reads of a reload."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from runtime.local.reload.decision import Decision
from runtime.local.reload.declared import Fault


class Workers(NamedTuple):
    """How many old workers end what they have, and how many new ones do not start."""

    old: int = 0
    failed: int = 0


def reloaded(distributions: Sequence[str], decision: Decision, seconds: float, workers: Workers) -> str:
    """Return the line for a reload."""
    done = ["deployed what is declared"] if decision.deploy else []
    done += [f"added {name}" for name in decision.added]
    done += [f"removed {name} with its queues" for name in decision.removed]
    done += [f"restarted the workers of {', '.join(sorted(decision.restart))}"] if decision.restart else []
    if workers.failed:
        done.append(f"new workers that do not start: {workers.failed}")
    if workers.old:
        done.append(f"old workers that end what they have and take no more jobs: {workers.old}")
    return f"reloaded {', '.join(distributions)} in {seconds:.1f} s: {'; '.join(done) or 'nothing differs'}"


def refused(faults: Iterable[Fault]) -> str:
    """Return four lines for each fault."""
    return "\n".join(
        f"not reloaded: {fault.distribution or 'the installed algorithms'}; what ran goes on\n"
        f"  at     {fault.place or 'an unknown place'}\n"
        f"  error  {fault.message}\n"
        "  next   save the file again when it is right"
        for fault in faults
    )

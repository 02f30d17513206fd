"""What an algorithm leaves for the next job in its process, and reaches for outside of it."""

from collections.abc import Iterable, Iterator, Sequence

from runtime.authoring.observation.generators import seeded
from runtime.authoring.observation.observed import Observation
from runtime.authoring.observation.reach import Reach


def faults(seen: Sequence[Observation]) -> Iterator[str]:
    """Yield the threads, processes, files, seeds and settings that its calls left."""
    if threads := {name for each in seen for name in each.threads}:
        named = ", ".join(sorted(threads)[:3])
        yield f"it leaves {len(threads)} thread(s) running ({named}): end them before it returns"
    if most := max((each.processes for each in seen), default=0):
        yield f"it leaves {most} process(es) running, which end with the job: end them before it returns"
    if written := _union(each.reach.written for each in seen):
        yield f"it writes {_told(written)}: write into tempfile.TemporaryDirectory(), or return a File"
    if seeds := dict.fromkeys(name for each in seen for name in seeded(each.generators)):
        yield f"it seeds a generator that all code shares ({', '.join(seeds)}): use np.random.default_rng(seed)"
    if changed := dict.fromkeys(what for each in seen for what in each.changed):
        yield f"it changes {', '.join(list(changed)[:3])} for the next job in its process: set back what it changes"


def calls(seen: Sequence[Observation]) -> Iterator[str]:
    """Yield the machines that it called."""
    if called := _union(each.reach.called for each in seen):
        yield f"it calls {_told(called)}: bring what it needs in its package, as a worker may have no network"


def of_import(reach: Reach) -> Iterator[str]:
    """Yield what importing its module wrote and called."""
    for words, seen in (("writes", reach.written), ("calls", reach.called)):
        if seen:
            yield f"importing it {words} {_told(seen)}: a deployment imports it, too, so do it inside the function"


def _union(seen: Iterable[dict[str, str]]) -> dict[str, str]:
    return {what: line for each in seen for what, line in each.items()}


def _told(seen: dict[str, str]) -> str:
    """Return the first three of files or machines, with the lines that reached for them."""
    return ", ".join(f"{what} ({line})" if line else what for what, line in list(seen.items())[:3])

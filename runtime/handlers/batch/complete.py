"""Makes the jobs of an accepted batch and sends them; each step repeatable, from any point, by anybody."""

from collections.abc import Callable, Sequence

from runtime.contracts import keys, states
from runtime.handlers.batch import batch as batches
from runtime.handlers.batch.send import send
from runtime.handlers.table import many, statements, store


def complete(batch: store.Item, record: store.Item, has_time: Callable[[], bool]) -> bool:
    """Do what is missing until all jobs of the batch are queued; return whether they are.

    Until then the batch is in the index of unpublished jobs, where the sweeper finds it. A second message of a job does
    no harm: within five minutes SQS drops it, later no worker begins a job that has ended.
    """
    jobs = batches.jobs(batch)
    written = write(jobs, has_time)
    if None in written:
        return False
    earlier = [job["pk"] for job, new in zip(jobs, written, strict=True) if not new]  # by a call that went no further
    known = many.read(earlier, attributes=("pk", "state"))
    accepted = {"state": states.ACCEPTED}
    if not send([job for job in jobs if known.get(job["pk"], accepted)["state"] == states.ACCEPTED], record, has_time):
        return False
    forget(batch)
    return True


def write(jobs: Sequence[store.Item], has_time: Callable[[], bool]) -> list[bool | None]:
    """Write jobs; return of each whether it was written (False: it is there already), None if it is not known."""
    return statements.execute([statements.insert(job) for job in jobs], has_time)


def forget(batch: store.Item) -> None:
    """Note that nothing is left to do for the batch."""
    values: store.Item = {"t_queued": store.now_ms()}
    store.change(batch["pk"], values, "attribute_not_exists(t_queued)", remove=("untold_to", "references"))


def is_batch(item: store.Item) -> bool:
    """Return whether an item, or an entry of an index, is a batch and not a job."""
    return item["pk"].startswith(keys.batch(""))

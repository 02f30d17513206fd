"""Cancels all jobs of a batch that have not ended."""

from runtime.contracts import keys, states
from runtime.handlers.batch import batch as batches
from runtime.handlers.batch.complete import forget, write
from runtime.handlers.job.cancel_many import cancel_many
from runtime.handlers.problem import Problem
from runtime.handlers.table import indexes, store


def cancel_batch(batch: store.Item) -> int:
    """Cancel the jobs that wait, ask the workers of the others to stop, and return how many there were.

    Raises a Problem if there are too many for one call: the next goes on.
    """
    store.change(batch["pk"], {"cancel_requested": True})
    # Jobs that are still to be made would start later: they are made now, and end at once.
    if "t_queued" not in batch and None in write(batches.jobs(batch), lambda: True):
        raise Problem("unavailable", "Not all jobs of the batch could be cancelled; call again.")
    pks = [keys.job(job_id) for job_id in batches.job_ids(batch)]
    number = cancel_many(
        [job for job in indexes.items(chunk).values() if job["state"] in states.OPEN_STATES]
        for chunk in (pks[start : start + indexes.BATCH] for start in range(0, len(pks), indexes.BATCH))
    )
    if "t_queued" not in batch:
        forget(batch)
    return number

"""Mends a batch whose router died, or had no time, before all of its jobs were queued."""

from collections.abc import Callable

from runtime.handlers.batch import batch as batches
from runtime.handlers.batch.complete import complete, forget, write
from runtime.handlers.job.mend import RESENT, max_age_ms
from runtime.handlers.table import service_records, store


def mend_batch(batch: store.Item, has_time: Callable[[], bool]) -> str | None:
    """Make and send the jobs that are missing, and return that; None if the next sweep is to go on."""
    if "t_queued" in batch:  # another process was faster, between the index and its item
        return None
    record = service_records.find(batch["algorithm"])
    if record is None:  # its service is gone: they are sent once it is back, or end by their age, as single jobs do
        if store.now_ms() - batch["t_accepted"] > max_age_ms() and None not in write(batches.jobs(batch), has_time):
            forget(batch)  # the next sweep ends what is written now
        return None
    return RESENT if complete(batch, record, has_time) else None

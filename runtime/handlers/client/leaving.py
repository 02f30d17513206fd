"""Cancels the open jobs of a client that leaves: nobody waits for them, and others' jobs stand behind them."""

from collections.abc import Iterator
from itertools import islice

from runtime.contracts import keys, states
from runtime.handlers.batch.cancel import cancel_batch
from runtime.handlers.batch.complete import is_batch
from runtime.handlers.job.cancel_many import cancel_many
from runtime.handlers.table import indexes, store


def cancel_open_jobs(client_id: str) -> int:
    """Cancel the jobs that wait, ask the workers of the others to stop, and return how many there were.

    Raises a Problem if there are too many for one call: the next goes on.
    """
    return cancel_many(_open_jobs(client_id))


def _open_jobs(client_id: str) -> Iterator[list[store.Item]]:
    entries = indexes.entries(keys.UNPUBLISHED, client_id)
    while chunk := list(islice(entries, indexes.BATCH)):
        items = indexes.items([entry["pk"] for entry in chunk]).values()
        for batch in filter(is_batch, items):  # whose jobs are not all made yet
            cancel_batch(batch)
        yield [item for item in items if not is_batch(item) and item["state"] in states.OPEN_STATES]

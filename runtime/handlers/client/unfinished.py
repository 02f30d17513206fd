"""Marks clients that are being made or removed, so that the sweeper finds those whose function died on the way.

A place on a results topic is taken with the client's record and given back after its queue and subscription are gone.
Neither the topic nor the counters show a place whose function died between two of these steps: the mark does. It puts
the record into the index of unpublished jobs, and goes with the last step.
"""

from typing import Final

from runtime.contracts import keys
from runtime.handlers.table import store

MARK: Final = "untold_to"


def mark() -> store.Item:
    """Return the attributes that mark a client from now on."""
    return {MARK: keys.UNFINISHED_CLIENTS, "t_accepted": store.now_ms()}


def revoked() -> store.Item:
    """Return the attributes of a client whose removal begins now; its `subject` has to go with them."""
    return {"revoked": store.now_ms(), "expires": store.expires(keys.REVOKED_CLIENT_TTL_SECONDS), **mark()}


def unmark(pk: str, condition: str = "attribute_exists(pk)") -> None:
    """Note that nothing is left to do for a client, if `condition` holds."""
    store.change(pk, {"finished": store.now_ms()}, condition, remove=(MARK,))

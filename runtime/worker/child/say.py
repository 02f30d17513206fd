"""Sends the worker what the child says, if it can be sent."""

from multiprocessing.connection import Connection

from runtime import procfs
from runtime.worker.child import messages
from runtime.worker.child.messages import Envelope, Failed, Reply


def say(connection: Connection, reply: Reply, of: str = "", *, spent: bool = False) -> None:
    """Send a reply, or a failure in the place of one that no message can hold.

    `of` names the computation that it belongs to, and `spent` says that the child needs replacing.
    """
    try:
        content = _encoded(reply, of, spent=spent)
    except ValueError:  # half a character, for example, which no text in JSON can hold
        content = _encoded(_invalid("text that is not Unicode"), of, spent=spent)
    if len(content) > messages.MOST_BYTES:
        content = _encoded(_invalid(f"{len(content) >> 20} MiB beside its image"), of, spent=spent)
    connection.send_bytes(content)


def _encoded(reply: Reply, of: str, *, spent: bool) -> bytes:
    return messages.encode(Envelope(reply, procfs.allocated_bytes(), of, spent))


def _invalid(what: str) -> Failed:
    return Failed("invalid_result", f"The algorithm returned {what}.")

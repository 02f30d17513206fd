"""Sends the worker what the child says, if it can be sent."""

from multiprocessing.connection import Connection

from runtime import linux
from runtime.worker.child import messages
from runtime.worker.child.messages import Envelope, Failed, Reply


def say(connection: Connection, reply: Reply) -> None:
    """Send a reply, or a failure in the place of one that no message can hold."""
    try:
        content = messages.encode(Envelope(reply, linux.allocated_bytes()))
    except ValueError:  # half a character, for example, which no text in JSON can hold
        content = messages.encode(Envelope(_invalid("text that is not Unicode"), linux.allocated_bytes()))
    if len(content) > messages.MOST_BYTES:
        reply = _invalid(f"{len(content) >> 20} MiB beside its image")
        content = messages.encode(Envelope(reply, linux.allocated_bytes()))
    connection.send_bytes(content)


def _invalid(what: str) -> Failed:
    return Failed("invalid_result", f"The algorithm returned {what}.")

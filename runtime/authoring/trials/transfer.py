"""Passes an answer from the process of a trial, which is measured and limited, without another copy of its arrays."""

import io
import pickle
from multiprocessing.connection import Connection
from typing import Any

from algorithms.ports.records import File


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any, /) -> Any:
        if type(obj) is File:  # whose content would be copied as it is written
            return _file, (pickle.PickleBuffer(obj.content), obj.suffix, obj.media_type)
        return NotImplemented


def send(connection: Connection, value: Any) -> None:
    """Send a value: what it says, then the memory of its arrays and files as it is."""
    buffers: list[pickle.PickleBuffer] = []
    content = io.BytesIO()
    _Pickler(content, protocol=5, buffer_callback=buffers.append).dump(value)
    raw = [buffer.raw() for buffer in buffers]
    connection.send((content.getvalue(), [len(each) for each in raw]))
    for each in raw:
        if each:
            connection.send_bytes(each)


def receive(connection: Connection) -> Any:
    """Return what `send` sent. Raises EOFError if the other process ended before all of it was there."""
    content, sizes = connection.recv()
    buffers = [bytearray(size) for size in sizes]
    for buffer in buffers:
        if buffer:
            connection.recv_bytes_into(buffer)
    return pickle.loads(content, buffers=buffers)  # noqa: S301 - of the author's own process


def _file(content: Any, suffix: str, media_type: str) -> File:
    return File(bytes(content), suffix, media_type)

"""An answer leaves the process of a trial without another copy of its arrays and files."""

import threading
from multiprocessing import Pipe
from typing import Any, cast

import numpy as np

from algorithms.ports.records import File
from runtime.authoring.trials.transfer import receive, send


class Recorded:
    """A connection that keeps what is sent."""

    def __init__(self) -> None:
        self.said: Any = None
        self.memory: list[Any] = []

    def send(self, value: Any) -> None:
        self.said = value

    def send_bytes(self, content: Any) -> None:
        self.memory.append(content)


def test_what_arrives_is_what_was_sent() -> None:
    given = {"pixels": np.arange(100_000).reshape(10, -1), "empty": np.empty(0), "file": File(b"%PDF" * 9, ".pdf")}
    ours, theirs = Pipe()
    sender = threading.Thread(target=send, args=(theirs, given))
    sender.start()
    found = receive(ours)
    sender.join()
    assert np.array_equal(found["pixels"], given["pixels"]) and found["pixels"].flags.writeable
    assert (found["empty"].size, found["file"]) == (0, given["file"])


def test_arrays_and_files_are_not_copied() -> None:
    pixels, content, connection = np.zeros(1 << 20, np.uint8), bytes(1 << 20), Recorded()
    send(cast("Any", connection), [pixels, File(content, ".bin")])
    assert len(connection.said[0]) < 1000
    assert [
        np.shares_memory(np.frombuffer(each, np.uint8), whole)
        for each, whole in zip(connection.memory, (pixels, np.frombuffer(content, np.uint8)), strict=True)
    ] == [True, True]

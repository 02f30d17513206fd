"""A process that a worker has in reserve before it knows any secret, for the fork server that multiprocessing starts.

On AWS multiprocessing starts an interpreter for its fork server, which imports numpy and more. Here the spare, forked
before the worker got its environment, does in its place what that interpreter would: the same code, with the same
descriptors and environment. It is the worker's own child, as the fork server is, and ends with it.
"""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Sequence
from multiprocessing import util
from pathlib import Path
from typing import Any, Final

FORK_SERVER: Final = "multiprocessing.forkserver"
LEAST_DESCRIPTOR: Final = 3
MOST_BYTES, MOST_DESCRIPTORS = 256 << 10, 16


class Spare:
    """A forked process that waits for code. Only a process with one thread may make one."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = os.fork()
        if self._process == 0:
            _wait(theirs)
        theirs.close()
        self._connection: socket.socket | None = ours
        self._usual: Any = util.spawnv_passfds  # pyright: ignore # multiprocessing starts every interpreter by it

    def install(self) -> None:
        """Have multiprocessing take it for its first fork server; for what else it starts, a new interpreter."""
        util.spawnv_passfds = self._spawn  # pyright: ignore

    def _spawn(self, path: str, arguments: Sequence[str], descriptors: Sequence[int]) -> int:
        options = list(arguments)
        if self._connection is not None and "-c" in options and FORK_SERVER in options[options.index("-c") + 1]:
            code, *rest = options[options.index("-c") + 1 :]
            numbers = [int(each) for each in descriptors]
            message = {"code": code, "arguments": rest, "environment": dict(os.environ), "descriptors": numbers}
            connection, self._connection = self._connection, None
            with connection, contextlib.suppress(OSError):  # it was killed
                socket.send_fds(connection, [json.dumps(message).encode()], numbers)
                return self._process
            os.waitpid(self._process, os.WNOHANG)
        return self._usual(path, arguments, descriptors)


def _wait(connection: socket.socket) -> None:
    """Run the code that is sent, in this process; end if the worker ends first."""
    status = 1
    try:
        close_all_but(connection.fileno())
        content, received, _, _ = socket.recv_fds(connection, MOST_BYTES, MOST_DESCRIPTORS)
        connection.close()
        status = _run(json.loads(content), list(received)) if content else 0
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _run(message: dict[str, Any], received: list[int]) -> int:
    os.environ.clear()
    os.environ.update(message["environment"])
    _number(received, message["descriptors"])
    sys.argv = ["-c", *message["arguments"]]
    try:
        exec(message["code"], {"__name__": "__main__"})  # noqa: S102 - what an interpreter would have got by -c
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _number(received: Sequence[int], wanted: Sequence[int]) -> None:
    """Give received descriptors the numbers that they have in the worker."""
    apart = max([*received, *wanted, LEAST_DESCRIPTOR]) + 1
    for place, source in enumerate(received):  # first out of the way of each other
        os.dup2(source, apart + place)
        os.close(source)
    for place, target in enumerate(wanted):
        os.dup2(apart + place, target)
        os.close(apart + place)


def close_all_but(kept: int) -> None:
    """Close every descriptor but the standard ones and one more."""
    for each in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        if each >= LEAST_DESCRIPTOR and each != kept:
            with contextlib.suppress(OSError):  # the one that listed them
                os.close(each)

"""The worker's handle of its child: starts it, exchanges messages, kills it."""

import contextlib
import os
import select
import signal
import socket
import struct
from multiprocessing.connection import Connection

from runtime.worker.child import main, messages
from runtime.worker.child.fork import forking, isolation, leftovers
from runtime.worker.child.messages import Broken, Computation, Failed, Ready, Reply
from runtime.worker.child.overdue import kill_after

MESSAGE_SECONDS = 10  # that each part of a message may take, once its first byte is there
STATUS_SECONDS = 5.0  # in which the process that forked it tells how it ended
COMPUTATIONS = 500  # after so many it is replaced: whatever the algorithm leaks is bounded


class ChildError(Exception):
    """The child cannot be started: the algorithm cannot be loaded."""


class Died(Exception):  # noqa: N818 - it is what happened to the child
    """The child ended; `status` as multiprocessing has it, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(_described(status))
        self.status = status


class ChildProcess:
    """One child. One thread speaks to it; any may kill it."""

    def __init__(self, algorithm: str) -> None:
        ours, theirs = forking.context.Pipe()
        _end_messages(ours)
        self._connection = ours
        self._server = forking.ensure_running()
        self._process = forking.context.Process(target=main.serve, args=(theirs, algorithm, self._server), daemon=True)
        try:
            with kill_after(forking.FORK_SECONDS, lambda: forking.stop(self._server)):
                self._process.start()
        except (EOFError, OSError) as error:
            if forking.ended_by_alarm(self._server):
                raise ChildError(_too_long(algorithm)) from error
            raise ChildError(f"the process that forks children died while it loaded {algorithm}") from error
        theirs.close()
        self._events = select.poll()  # of what it says, and of its end
        self._events.register(ours, select.POLLIN)
        self._events.register(self._process.sentinel, select.POLLIN)
        self._computations = 0
        self._allocated = 0
        self._killed = self._spent = False
        self._asked = ""
        try:
            first = self.receive(forking.START_SECONDS)
        except Died as died:
            raise ChildError(f"the child that loads {algorithm} {died}") from died
        if isinstance(first, Broken):
            raise ChildError(f"{algorithm} cannot be loaded: {first.message}")
        if not isinstance(first, Ready):
            self.kill()
            raise ChildError(_too_long(algorithm))
        self.declaration = first.declaration
        self.preparation = first.preparation
        self._at_first = self._allocated
        self._may_grow = isolation.budget(self.declaration.resources.memory_mib) // 4

    @property
    def is_usable(self) -> bool:
        """Whether it can take a computation: it is alive, below its limit, and has enough memory left."""
        spent = (
            self._killed
            or self._spent
            or self._computations >= COMPUTATIONS
            or self._allocated - self._at_first > self._may_grow
        )
        return not (spent or self._events.poll(0))

    def send(self, computation: Computation) -> None:
        """Send it a computation. Raises Died."""
        self._computations += 1
        self._asked = computation.name
        try:
            self._connection.send(computation)
        except OSError:
            raise Died(self._status()) from None

    def receive(self, seconds: float) -> Reply | None:
        """Wait for what the child says next; None after `seconds`. Raises Died."""
        ready = dict(self._events.poll(max(0.0, seconds) * 1000))
        if not ready:
            return None
        # What it said before it died counts.
        if self._connection.fileno() in ready or self._connection.poll():
            try:
                envelope = messages.decode(self._connection.recv_bytes(messages.MOST_BYTES))
            except (EOFError, ConnectionError):
                pass
            except (OSError, ValueError):
                self.kill()
                return Failed("algorithm_crashed", "The algorithm's process said what no worker understands.")
            else:
                if envelope.of != self._asked:  # of an earlier computation, which another process has answered
                    self.kill()
                    return Failed("algorithm_crashed", "The algorithm's process answered another job than this one.")
                self._allocated, self._spent = envelope.allocated_bytes, self._spent or envelope.spent
                return envelope.reply
        raise Died(self._status())

    def end_others(self) -> None:
        """Kill what its computations started and left behind; it is then replaced, too: it may be no better off."""
        self._spent |= leftovers.end(self._server, self._process.pid)

    def kill(self) -> None:
        """End it and everything that it started."""
        self._killed = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()
        self.end_others()

    def close(self) -> None:
        """Kill it and forget it."""
        self.kill()
        self._status()
        self._connection.close()
        self._process.close()

    def _status(self) -> int:
        """Wait for its end and return the status; end who forked it, too, if that does not tell it."""
        self._process.join(STATUS_SECONDS)
        if self._process.exitcode is None:  # an algorithm may have stopped it
            forking.stop(self._server)
            self._process.join(STATUS_SECONDS)
        if self._process.exitcode == forking.UNTOLD:
            forking.has_ended(self._server, within=1.0)  # what it leaves behind is then to be found
        return self._process.exitcode if self._process.exitcode is not None else -signal.SIGKILL


def _end_messages(connection: Connection) -> None:
    """Limit the time of each read and write, because the child may stop in the middle of a message."""
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            same.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", MESSAGE_SECONDS, 0))


def _too_long(algorithm: str) -> str:
    return f"loading {algorithm} took longer than {forking.START_SECONDS} s"


def _described(status: int) -> str:
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"

"""What the supervisor asks the template for: a task. The template itself never reads a task's environment."""

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

WORKER: Final = "runtime.worker"
MODULES: Final = frozenset({WORKER, "runtime.pacs"})  # whose tasks may be forked
TASK, TASK_WITH_SPARE, COMPLETE = b"task", b"task with a spare", b"complete"
MOST_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Request:
    """A task to begin: `python -m MODULE ARGUMENTS`, its whole environment, its folder and its niceness."""

    module: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: str
    niceness: int

    @classmethod
    def of_command(
        cls, command: Sequence[str], environment: Mapping[str, str], folder: str, niceness: int
    ) -> Self | None:
        """Return the request for a container's command; None if it is not one that may be forked."""
        match command:
            case ["python", "-m", module, *arguments] if module in MODULES:
                return cls(module, arguments, environment, folder, niceness)
            case _:
                return None

    def send(self, to: socket.socket, log: int) -> None:
        """Send it as a file that the task reads after the fork, with the file that takes the task's output."""
        content = os.memfd_create("request")
        try:
            os.write(content, json.dumps(asdict(self)).encode())
            os.lseek(content, 0, os.SEEK_SET)
            socket.send_fds(to, [TASK_WITH_SPARE if self.module == WORKER else TASK], [log, content])
        finally:
            os.close(content)


@dataclass(frozen=True, slots=True)
class Received:
    """A request as the template has it: whether the task needs a spare, and two open files."""

    spare: bool
    log: int
    content: int

    def read(self) -> Request:
        """Return the request, in the task, and close its file."""
        with os.fdopen(self.content, "rb") as file:
            found: dict[str, Any] = json.loads(file.read())
        return Request(**found)

    def close(self) -> None:
        """Close both files."""
        os.close(self.log)
        os.close(self.content)


class Complete:
    """The wish that the template import now what it has left for later."""


def receive(connection: socket.socket) -> Received | Complete | None:
    """Return the next request; None if nobody can send one any more."""
    asked, files, _, _ = socket.recv_fds(connection, MOST_BYTES, 2)
    if asked == COMPLETE:
        return Complete()
    return Received(asked == TASK_WITH_SPARE, *files) if asked else None

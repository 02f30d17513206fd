"""What the supervisor and the template tell each other, a message each of a socket that keeps their bounds."""

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

MOST_BYTES: Final = 256 << 10
MODULES: Final = frozenset({"runtime.pacs", "runtime.worker"})  # whose tasks may be forked


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
        """Send it with the file that takes the task's output."""
        socket.send_fds(to, [json.dumps(asdict(self)).encode()], [log])


def receive(connection: socket.socket) -> tuple[Request, int] | None:
    """Return the next request and its file; None if nobody can send one any more."""
    content, files, _, _ = socket.recv_fds(connection, MOST_BYTES, 1)
    if not content:
        return None
    found: dict[str, Any] = json.loads(content)
    return Request(**found), files[0]

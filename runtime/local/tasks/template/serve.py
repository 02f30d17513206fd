"""The template's loop: it forks tasks when it is asked to, and tells how they end."""

import json
import os
import selectors
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

from runtime.local.tasks.template.request import Complete, Received, receive


@dataclass(frozen=True, slots=True)
class Begun:
    """What a task knows of itself right after the fork."""

    received: Received
    template: int


def serve(descriptor: int, complete: Callable[[], None]) -> Begun | None:
    """Serve until the supervisor's end of the socket is closed; it returns in each task as well, with its request.

    `complete` imports what workers need: when the supervisor wishes it, or before the first of them.
    """
    waiting = [complete]
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, _wake)
    signal.set_wakeup_fd(writing)
    with socket.socket(fileno=descriptor) as connection, selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        selector.register(reading, selectors.EVENT_READ)
        connection.send(json.dumps({"ready": os.getpid()}).encode())
        while True:
            for key, _ in selector.select():
                if key.fileobj is connection:
                    if (received := receive(connection)) is None:
                        return None
                    if isinstance(received, Complete) or received.spare:
                        _perform(waiting, connection)
                    if isinstance(received, Complete):
                        continue
                    if begun := _fork(received):
                        connection.detach()  # `become` closes it, with all else
                        return begun
                    received.close()
                    connection.send(json.dumps({"begun": _children[-1]}).encode())
                else:
                    os.read(reading, 4096)
                    for process, status in _ended():
                        connection.send(json.dumps({"ended": process, "status": status}).encode())


_children: list[int] = []


def _perform(waiting: list[Callable[[], None]], connection: socket.socket) -> None:
    while waiting:
        waiting.pop()()
        connection.send(json.dumps({"complete": os.getpid()}).encode())


def _wake(_number: int, _frame: object) -> None:
    """Do nothing: a signal that has a handler is told by the wake-up descriptor."""


def _fork(received: Received) -> Begun | None:
    template = os.getpid()
    process = os.fork()
    if process == 0:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        return Begun(received, template)
    _children.append(process)
    return None


def _ended() -> list[tuple[int, int]]:
    ended: list[tuple[int, int]] = []
    for process in list(_children):
        pid, status = os.waitpid(process, os.WNOHANG)
        if pid:
            _children.remove(process)
            ended.append((pid, os.waitstatus_to_exitcode(status)))
    return ended

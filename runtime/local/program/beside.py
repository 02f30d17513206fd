"""Makes resources in a process beside the program's: a third of the work, while Python runs one thread at a time."""

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from pulumi.runtime import mocks

from runtime.local.program.effects import Effects, ResourceError
from runtime.local.program.loop import AT_ONCE

Made = tuple[str | None, dict[str, Any]]


class Beside:
    """A fork of this process, with everything imported, that makes resources until this one ends.

    Handlers keep all state in the cloud, so several processes may serve one stack.
    """

    def __init__(self, effects: Effects, loop: asyncio.AbstractEventLoop) -> None:
        self._effects = effects
        self._loop = loop
        self._waiting: dict[int, asyncio.Future[Made]] = {}
        forking = multiprocessing.get_context("fork")
        self._connection, other = forking.Pipe()
        self._process = forking.Process(target=_serve, args=(other, self._connection, effects), daemon=True)
        self._process.start()
        other.close()
        loop.add_reader(self._connection, self._answers)

    async def make(self, arguments: mocks.MockResourceArgs) -> Made:
        """Create a resource, as `Effects.new_resource` does."""
        answer: asyncio.Future[Made] = self._loop.create_future()
        number = id(answer)
        self._waiting[number] = answer
        self._connection.send((number, arguments, self._effects.ignored.get((arguments.typ, arguments.name), ())))
        return await answer

    def _answers(self) -> None:
        try:
            while self._connection.poll():
                number, made, error = self._connection.recv()
                self._settle(self._waiting.pop(number), made, error)
        except (EOFError, OSError):
            self._loop.remove_reader(self._connection)
            for each in self._waiting.values():
                self._settle(each, None, "the process that makes resources has ended")

    def _settle(self, answer: asyncio.Future[Made], made: Made | None, error: str) -> None:
        if answer.done():
            return
        if made is not None:
            answer.set_result(made)
            return
        failure = ResourceError(error)
        self._effects.failure = self._effects.failure or failure
        answer.set_exception(failure)

    def close(self) -> None:
        """End it."""
        self._loop.remove_reader(self._connection)
        self._connection.close()
        self._process.join()


def _serve(connection: Connection, other: Connection, effects: Effects) -> None:
    other.close()  # or this process would not notice that the program's has ended
    sending = threading.Lock()

    def make(number: int, arguments: mocks.MockResourceArgs, ignored: tuple[str, ...]) -> None:
        made, error = None, ""
        effects.ignored[arguments.typ, arguments.name] = ignored
        try:
            made = effects.new_resource(arguments)
        except Exception as failure:
            error = str(failure)
        with sending:
            connection.send((number, made, error))

    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        while True:
            threads.submit(make, *connection.recv())
    except (EOFError, OSError):
        os._exit(0)

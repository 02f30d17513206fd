"""The process from which trials are forked: it has imported the algorithm and what it needs, and has computed nothing.

Trials are not forked from the author's own process, because its threads would be missing in them.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from algorithms.declaration import Algorithm
from algorithms.registered import Registered
from runtime import linux
from runtime.authoring.observation.reach import Reach, watched
from runtime.authoring.target import TargetError, find
from runtime.authoring.trials.trial import Request, Trial, attempt_all
from runtime.worker.child import main
from runtime.worker.child.fork import isolation, preload
from runtime.worker.child.fork.preparation import Preparation, PreparationError, made

PARENT_VARIABLE = "IMAGING_AUTHORING_PARENT"


class Trials:
    """Trials of one algorithm; a context manager that leaves no process behind.

    It loads the algorithm while its caller does something else: the first use waits for that, and raises TargetError if
    the algorithm cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._loaded: tuple[tuple[str, ...], Reach, Preparation] | None = None

    def __enter__(self) -> Self:
        self._connection, theirs = Pipe()
        with isolation.without_secrets():  # as on a worker
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), PARENT_VARIABLE: str(os.getpid())}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "runtime.authoring.trials.trials", str(theirs.fileno()), self.name],
                pass_fds=[theirs.fileno()],
                env=environment,
                process_group=0,  # a Ctrl-C is the author's process's business, also while this one imports
            )
        theirs.close()
        return self

    def heavy_imports(self) -> tuple[str, ...]:
        """Return the numeric packages that were imported merely to declare it. Raises TargetError."""
        return self._load()[0]

    def import_reach(self) -> Reach:
        """Return what importing it wrote and called. Raises TargetError."""
        return self._load()[1]

    def preparation(self) -> Preparation:
        """Return what came of its `prepare`, which is called once, before the first trial. Raises TargetError."""
        return self._load()[2]

    def attempt(self, request: Request) -> Trial:
        """Compute once. Raises TargetError if the algorithm cannot be loaded."""
        return self.attempt_all([request])[0]

    def attempt_all(self, requests: Sequence[Request]) -> list[Trial]:
        """Compute one after another. Raises TargetError if the algorithm cannot be loaded."""
        self._load()
        self._connection.send(requests)
        return self._hear()

    def _load(self) -> tuple[tuple[str, ...], Reach, Preparation]:
        loaded = self._loaded = self._loaded or self._hear()
        return loaded

    def _hear(self) -> Any:
        try:
            said = self._connection.recv()
        except (EOFError, ConnectionError):
            status = self._process.wait()
            raise TargetError(f"the process that loads {self.name} ended with code {status}") from None
        if isinstance(said, TargetError):
            raise said
        return said

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._connection.close()


def serve(connection: Connection, name: str) -> None:
    """Answer requests until the connection is closed."""
    linux.die_with(int(os.environ[PARENT_VARIABLE]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the author's process's business
    reach = Reach()
    try:
        with watched(_file_of(name), reach):
            registered: Registered = find(name)
        preload.perform([*main.NUMERIC, *preload.imports(registered.algorithm.run)])
        preparation = _prepared(registered.algorithm)
    except TargetError as error:
        connection.send(error)
        return
    connection.send((registered.heavy_imports, reach, preparation))
    while True:
        try:
            requests: Sequence[Request] = connection.recv()
        except EOFError:
            return
        connection.send(attempt_all(registered, requests))


def _file_of(name: str) -> str:
    place = name.partition(":")[0]
    return str(Path(place).resolve()) if place.endswith(".py") else ""


def _prepared(algorithm: Algorithm) -> Preparation:
    try:
        return made(algorithm)
    except PreparationError as error:
        raise TargetError(f"{algorithm.name} cannot be prepared: {error}", error.trace) from error


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), sys.argv[2])

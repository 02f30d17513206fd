"""The jobs that the child has: the one that it computes and, where jobs are short, the next, so that it never waits."""

import shutil
from collections import deque
from itertools import islice
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from runtime.worker.child.handle import ChildProcess, Died
from runtime.worker.child.messages import Done, Failed, Reply, Task
from runtime.worker.jobs.held_job import Held

# A task ahead must fit into the pipe: to wait for room in it while the child waits to be heard would be for ever.
PIPE_BYTES = 16 << 10


class Ahead:
    """A child and its jobs, answered in their order. One thread uses it; any may `kill`."""

    def __init__(self, address: str, memory_bytes: int, folder: Path) -> None:
        self._address = address
        self._memory_bytes = memory_bytes
        self._folder = folder
        self._jobs: deque[Held] = deque()
        self._sent = 0  # so many of them the child has got
        self._answered = False  # the first of them
        self._child: ChildProcess | None = None

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def first(self) -> Held:
        """The job that is computed now."""
        return self._jobs[0]

    def add(self, held: Held) -> None:
        """Take one job more; `send` sends it."""
        self._jobs.append(held)

    def start(self) -> ChildProcess:
        """Return a child that can take a task, a new one where it must be. Raises ChildError."""
        child = self._child
        if child is not None and (child.is_spent or not (self._sent or child.is_usable)):
            child.close()
            self._child, self._sent = None, 0  # what it had got is sent again
        if self._child is None:
            self._child = ChildProcess(self._address, self._memory_bytes)
        return self._child

    def send(self) -> None:
        """Send the child what it has not got yet. Raises ChildError, and Died where it cannot take the first."""
        child = self.start()
        for held in islice(self._jobs, self._sent, None):
            task = bytes(ForkingPickler.dumps(self._task(held)))
            if self._sent and (child.is_full or len(task) > PIPE_BYTES):
                return
            try:
                child.send(task)
            except Died:
                if self._sent:  # it died of the first, and will be found so
                    return
                raise
            self._sent += 1

    def receive(self, seconds: float) -> Reply | None:
        """Wait for what the child says of the first, which was sent; None after `seconds`. Raises Died."""
        if self._child is None:
            raise RuntimeError("nothing was sent that could be answered")
        reply = self._child.receive(seconds)
        self._answered = isinstance(reply, Done | Failed)
        return reply

    def over(self) -> None:
        """Forget the first. A child that has not answered it is killed, and the others are sent to the next one."""
        self._jobs.popleft()
        if self._answered:
            self._sent -= 1
        elif self._sent:
            self.kill()
        self._answered = False

    def kill(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()

    def close(self) -> None:
        """End the child and wait for its end."""
        if self._child is not None:
            self._child.close()

    def _task(self, held: Held) -> Task:
        if held.folder is not None:  # a child that was killed may have begun
            shutil.rmtree(held.folder, ignore_errors=True)
        held.folder = self._folder / f"job-{held.job.job_id}-{held.receive_count}"  # made once there is a file for it
        return Task(held.paths, held.parameters, held.job.outputs, held.folder)

"""A worker's life: its threads, and how they stop."""

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from runtime.worker import log
from runtime.worker.child.messages import Declaration
from runtime.worker.health import Health
from runtime.worker.jobs import folders
from runtime.worker.jobs.held_job import Stop
from runtime.worker.parts import wire
from runtime.worker.settings import Settings
from runtime.worker.steps.run import Runner


class Worker:
    """All threads of one worker. `start` it, then `drain` it; if `broken` is set, drain it and let ECS replace it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="imaging-worker-"))
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self.broken = threading.Event()
        self.health = Health()

    def start(self) -> Declaration:
        """Start the child, then everything else; return what the algorithm declares. Raises ChildError."""
        runner = Runner(self._settings.algorithm, self._folder)
        declaration = runner.start()
        self._parts = wire(
            self._settings, declaration, runner=runner, folder=self._folder, health=self.health, sick=self._sick
        )
        self._receiving = [self._thread("receive", lambda: self._parts.receiver.run(self._stopping))]
        if self._settings.overflow_queue_url:
            run = self._parts.receiver.run
            self._receiving.append(self._thread("receive-overflow", lambda: run(self._stopping, overflow=True)))
        self._computing = self._thread("compute", self._parts.computer.run)
        self._thread("heartbeat", lambda: self._parts.heartbeat.run(self._stopped))
        self._thread("lease-ends", lambda: self._parts.heartbeat.give_up(self._stopped))
        self._thread("protection", lambda: self._parts.protection.run(self._stopped))
        self._thread("watch", lambda: self._parts.watch.run(self._stopped))
        return declaration

    def drain(self) -> None:
        """Finish what can be finished in time, give back the rest, free everything."""
        # The last tenth is for giving back, and for ending the processes.
        deadline = time.monotonic() + self._settings.stop_timeout_seconds * 0.9
        self._stopping.set()
        self._parts.jobs.close()
        self._parts.give_back.waiting("stopping")
        # Wait for the polls under way: SQS would otherwise lease their messages to nobody.
        for thread in self._receiving:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._parts.give_back.waiting("stopping")
        if not self._parts.jobs.wait_until_empty(deadline - time.monotonic()):
            unfinished = self._parts.jobs.jobs()
            for job in unfinished:
                self._parts.computer.interrupt(job, Stop.RELEASED)
            self._parts.give_back.now(unfinished, "stopped before it was done")
        self.close()

    def close(self) -> None:
        """End the threads, the child and the files."""
        self._stopped.set()
        self._parts.dependencies.close()
        self._parts.preparer.close()
        self._computing.join(5)
        self._parts.committer.close()
        self._parts.computer.close()
        self._parts.bucket.close()
        self._parts.protection.close()
        folders.remove(self._folder)

    def _sick(self, reason: str) -> None:
        if not self.broken.is_set():
            log.line("worker_sick", reason=reason)
            self.broken.set()  # another worker may reach what this one cannot

    def _thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                run()
            except BaseException as error:
                log.line("thread_failed", thread=name, error=f"{type(error).__name__}: {error}")
                self.broken.set()  # a worker that lacks a thread must be replaced

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        thread.start()
        return thread

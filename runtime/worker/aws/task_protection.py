"""ECS task protection: while the worker holds jobs, ECS must not stop this task to scale in or to deploy."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from runtime.worker import log

MINUTES = 30  # how long one call protects; ECS allows up to 48 hours, counted anew from each call
RENEW_SECONDS = MINUTES * 60 / 2
IDLE_SECONDS = 5.0  # after so long without a job, ECS may stop the task
EVERY_SECONDS = 1.0
TIMEOUT_SECONDS = 5.0


class TaskProtection:
    """The protection of this worker's task, set through the ECS agent; it does nothing if `agent_uri` is None.

    The thread that receives a job calls `busy`. Another runs `run`, which renews the protection as long as `in_hand`
    returns that there are jobs, and ends it after a while without one. A thread of its own calls the agent.
    """

    def __init__(self, agent_uri: str | None, in_hand: Callable[[], int]) -> None:
        self._uri = agent_uri
        self._in_hand = in_hand
        self._pool = ThreadPoolExecutor(1, "protection")
        self._lock = threading.Lock()
        self._until = 0.0  # when the protection ends; 0 if there is none
        self._busy_at = 0.0  # when the worker last held a job

    def busy(self) -> None:
        """Protect this task, unless its protection lasts long enough."""
        with self._lock:
            self._busy_at = time.monotonic()
            if self._uri is None or self._busy_at < self._until - RENEW_SECONDS:
                return
            self._until = self._busy_at + MINUTES * 60
        self._pool.submit(self._put, {"ProtectionEnabled": True, "ExpiresInMinutes": MINUTES})

    def run(self, stopped: threading.Event) -> None:
        """Call `tend` every second until stopped."""
        while not stopped.wait(EVERY_SECONDS):
            self.tend()

    def tend(self) -> None:
        """Renew the protection if the worker holds a job; end it if it has held none for a while."""
        if self._in_hand():
            self.busy()
        else:
            self._idle(IDLE_SECONDS)

    def close(self) -> None:
        """End the protection and the thread."""
        self._idle(0.0)
        self._pool.shutdown()

    def _idle(self, seconds: float) -> None:
        with self._lock:
            if self._until == 0.0 or time.monotonic() - self._busy_at < seconds:
                return
            self._until = 0.0
        self._pool.submit(self._put, {"ProtectionEnabled": False})

    def _put(self, body: dict[str, bool | int]) -> None:
        request = urllib.request.Request(  # noqa: S310 - the agent's own address
            f"{self._uri}/task-protection/v1/state",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                reply = json.loads(answer.read() or b"{}")
            if failure := reply.get("failure") or reply.get("error"):
                raise OSError(f"ECS refused: {failure}")
        except (OSError, ValueError) as error:  # the job goes on without protection
            with self._lock:
                self._until = 0.0 if body["ProtectionEnabled"] else self._until
            log.line("protection_failed", error=str(error))

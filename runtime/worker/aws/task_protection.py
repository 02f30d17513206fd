"""ECS task protection: while the worker holds jobs, ECS must not choose this task when it scales in or deploys."""

import json
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from runtime.worker import log

MINUTES = 30  # what one call protects for; ECS takes up to 48 hours, and each call counts from anew
RENEW_SECONDS = MINUTES * 60 / 2
IDLE_SECONDS = 5.0  # without a job for so long, the task may be stopped
EVERY_SECONDS = 1.0
TIMEOUT_SECONDS = 5.0


class TaskProtection:
    """Speaks to the ECS agent from a thread of its own; does nothing if `agent_uri` is None.

    `busy` is for whoever receives a job; `run`, in one thread, looks after the rest: it renews the protection as long
    as `in_hand` says that there is a job, however long it takes, and ends it when there has been none for a while.
    """

    def __init__(self, agent_uri: str | None, in_hand: Callable[[], int]) -> None:
        self._uri = agent_uri
        self._in_hand = in_hand
        self._pool = ThreadPoolExecutor(1, "protection")
        self._lock = threading.Lock()
        self._until = 0.0  # when the protection ends; 0 if there is none
        self._seen = 0.0  # when a job was in hand last

    def busy(self) -> None:
        """Protect this task, unless it is already for a while."""
        with self._lock:
            self._seen = time.monotonic()
            if self._uri is None or self._seen < self._until - RENEW_SECONDS:
                return
            self._until = self._seen + MINUTES * 60
        self._pool.submit(self._put, {"ProtectionEnabled": True, "ExpiresInMinutes": MINUTES})

    def run(self, stopped: threading.Event) -> None:
        """Tend until stopped."""
        while not stopped.wait(EVERY_SECONDS):
            self.tend()

    def tend(self) -> None:
        """Renew the protection if a job is in hand; end it if none has been for a while."""
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
            if self._until == 0.0 or time.monotonic() - self._seen < seconds:
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
                told = json.loads(answer.read() or b"{}")
            if failure := told.get("failure") or told.get("error"):
                raise OSError(f"ECS refused: {failure}")
        except (OSError, ValueError) as error:  # the job is worth more than its protection
            with self._lock:
                self._until = 0.0 if body["ProtectionEnabled"] else self._until
            log.line("protection_failed", error=str(error))

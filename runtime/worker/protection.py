"""ECS task protection: while jobs are in hand, ECS shall not choose this task when it scales in."""

import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from runtime.worker import log

MINUTES = 30  # what one call protects for; renewed at half of it
TIMEOUT_SECONDS = 5.0


class Protection:
    """Speaks to the ECS agent from a thread of its own; does nothing where `agent_uri` is None."""

    def __init__(self, agent_uri: str | None) -> None:
        self._uri = agent_uri
        self._pool = ThreadPoolExecutor(1, "protection")
        self._lock = threading.Lock()
        self._until = 0.0

    def busy(self) -> None:
        """Protect this task, unless it is already for a while."""
        with self._lock:
            if self._uri is None or time.monotonic() < self._until - MINUTES * 30:
                return
            self._until = time.monotonic() + MINUTES * 60
        self._pool.submit(self._put, {"ProtectionEnabled": True, "ExpiresInMinutes": MINUTES})

    def idle(self) -> None:
        """End the protection, if there is one."""
        with self._lock:
            if self._uri is None or self._until == 0.0:
                return
            self._until = 0.0
        self._pool.submit(self._put, {"ProtectionEnabled": False})

    def close(self) -> None:
        """End the protection and the thread."""
        self.idle()
        self._pool.shutdown()

    def _put(self, body: dict[str, bool | int]) -> None:
        request = urllib.request.Request(  # noqa: S310 - the agent's own address
            f"{self._uri}/task-protection/v1/state",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
                pass
        except OSError as error:  # the job is worth more than its protection
            with self._lock:
                self._until = 0.0 if body["ProtectionEnabled"] else self._until
            log.line("protection_failed", error=str(error))

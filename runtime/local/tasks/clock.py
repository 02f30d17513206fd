"""Calls the functions that have a schedule, as EventBridge Scheduler does, but every 2 seconds."""

import json
import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

EVERY = 2.0  # seconds

log = logging.getLogger(__name__)


class Clock:
    """A thread that calls each scheduled function every few seconds until it is stopped."""

    SERVICES: Final = ("scheduler", "lambda")  # whose clients it uses

    def __init__(self, boto3_client: Callable[[str], Any], every: float = EVERY) -> None:
        self._boto3_client = boto3_client
        self._every = every
        self._targets: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._stopping = threading.Event()
        self._calling = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        """Start the thread; it makes the first calls at once."""
        self._thread.start()

    def stop(self) -> None:
        """Make no further call; wait for the one under way."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    @contextmanager
    def paused(self) -> Generator[None]:
        """Call nothing while the block runs: MiniStack ends a call of a function whose code is changed meanwhile."""
        with self._calling:
            yield

    def _run(self) -> None:
        while True:
            try:
                with self._calling:
                    self._call()
            except Exception:  # the emulator may be busy for a moment, or a function may fail
                log.exception("clock: a call failed")
            if self._stopping.wait(self._every):
                return

    def _call(self) -> None:
        scheduler, functions = map(self._boto3_client, self.SERVICES)
        for each in scheduler.list_schedules()["Schedules"]:
            if self._stopping.is_set():
                return
            version = (each["GroupName"], each["Name"], each["LastModificationDate"])
            if version not in self._targets:
                found = scheduler.get_schedule(GroupName=each["GroupName"], Name=each["Name"])
                self._targets[version] = found["Target"]
            target = self._targets[version]
            answer = functions.invoke(FunctionName=target["Arn"], Payload=target.get("Input", "{}"))
            if answer.get("FunctionError"):
                log.error("clock: %s failed: %s", target["Arn"], json.loads(answer["Payload"].read()))

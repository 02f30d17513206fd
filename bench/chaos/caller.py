"""One client of the run: sends its jobs at a steady pace, stores each result and acknowledges it."""

import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.chaos.outcome import End
from bench.chaos.plan import Job
from clients.cli.client import ApiError, Client
from runtime.local.samples import SampleImage

PACE_SECONDS = 3.0  # between two jobs of one client
PAUSE_SECONDS = 1.0  # after a call that failed
TIMEOUT_SECONDS = 60.0
TRIES = 3  # to become a client: all of them ask while functions still start


@dataclass
class Shared:
    """What all clients of a run share, and what they found."""

    api: str
    image: SampleImage
    runs: Path
    jobs: int
    ends: dict[int, list[End]] = field(default_factory=dict[int, list[End]])
    misrouted: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Caller:
    """A client with its jobs. After `provision`, `run` returns once each job has a result, or the run is over."""

    def __init__(self, shared: Shared, jobs: list[Job]) -> None:
        self._shared, self._jobs = shared, jobs
        self._numbers: dict[str, int] = {}
        self._client = Client(shared.api, timeout=TIMEOUT_SECONDS)
        self._stored: set[str] = set()

    def provision(self) -> None:
        """Become a client, which the whole run needs."""
        for left in reversed(range(TRIES)):
            try:
                self._client.__enter__()
            except httpx.TimeoutException:
                if not left:
                    raise
            else:
                return

    def run(self) -> None:
        """Send and fetch. A call that fails is made again, with the same key if it sends a job."""
        waiting = list(self._jobs)
        key = uuid.uuid4().hex
        due = time.monotonic()
        while (waiting or len(self._stored) < len(self._jobs)) and not self._shared.stopping.is_set():
            try:
                if waiting and time.monotonic() >= due:
                    self._submit(waiting[0], key)
                    waiting.pop(0)
                    key, due = uuid.uuid4().hex, due + PACE_SECONDS
                self._fetch(wait=1 if waiting else 10)
            except (ApiError, httpx.HTTPError):
                time.sleep(PAUSE_SECONDS)

    def _submit(self, job: Job, key: str) -> None:
        image = self._shared.image
        pacs = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}
        parameters = {
            "number": job.number,
            "seconds": job.seconds,
            "runs": str(self._shared.runs),
            "poison": job.poison,
        }
        self._numbers[self._client.submit("chaos", pacs, parameters, key=key)] = job.number

    def _fetch(self, wait: int) -> None:
        messages = self._client.poll(wait=wait)
        for message in messages:
            result = message["result"]
            number = self._numbers.get(result["job_id"])
            with self._shared.lock:
                if number is None:
                    self._shared.misrouted += 1
                    continue
                end = End(result["status"], result["attempts"])
                self._shared.ends.setdefault(number, []).append(end)
            self._stored.add(result["job_id"])
        if messages:
            self._client.acknowledge(*messages)

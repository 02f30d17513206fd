"""What each client should get, and what it got."""

import threading
from collections import Counter
from collections.abc import Mapping, Set


class Tally:
    """The results of all clients: which are expected, and how often each came where. Threads may share it."""

    def __init__(self, expected: Mapping[str, Set[str]]) -> None:
        self._expected = expected
        self._got: dict[str, Counter[str]] = {client_id: Counter() for client_id in expected}
        self._lock = threading.Lock()

    def receive(self, client_id: str, job_id: str) -> None:
        """Note a result that a client received."""
        with self._lock:
            self._got[client_id][job_id] += 1

    def has_all(self, client_id: str) -> bool:
        """Return whether a client has all that it should get."""
        with self._lock:
            return self._expected[client_id] <= self._got[client_id].keys()

    @property
    def received(self) -> int:
        """Results that came where they belong, each once."""
        return sum(len(jobs & self._got[client_id].keys()) for client_id, jobs in self._expected.items())

    @property
    def missing(self) -> int:
        """Results that their clients did not get."""
        return sum(map(len, self._expected.values())) - self.received

    @property
    def misrouted(self) -> int:
        """Results that came to a client whose they are not."""
        return sum(
            number
            for client_id, jobs in self._got.items()
            for job_id, number in jobs.items()
            if job_id not in self._expected[client_id]
        )

    @property
    def repeated(self) -> int:
        """Deliveries of a result that its client had already."""
        return sum(
            number - 1
            for client_id, jobs in self._got.items()
            for job_id, number in jobs.items()
            if job_id in self._expected[client_id]
        )

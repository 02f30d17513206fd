"""What came of a run, and which promises were broken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.plan import MAX_ATTEMPTS, Job

SUCCEEDED, FAILED = "succeeded", "failed"


@dataclass(frozen=True, slots=True)
class End:
    """A result as its client saw it."""

    state: str
    attempts: int


@dataclass(slots=True)
class Outcome:
    """The ends that were seen of each job, by its number, and how often each was computed."""

    ends: dict[int, list[End]] = field(default_factory=dict[int, list[End]])
    runs: Counter[int] = field(default_factory=Counter[int])
    misrouted: int = 0
    kills: int = 0
    stops: int = 0
    faults: int = 0
    refused: int = 0
    seconds: float = 0.0

    def read_runs(self, file: Path) -> None:
        """Count the computations that the jobs noted in a file."""
        self.runs = Counter(int(line) for line in file.read_text().split()) if file.exists() else Counter()

    def lost(self, jobs: Sequence[Job]) -> int:
        """Return how many jobs have no result."""
        return sum(not self.ends.get(job.number) for job in jobs)

    def innocent_failed(self, jobs: Sequence[Job]) -> int:
        """Return how many jobs that are not poison ended otherwise than succeeded."""
        good = [self.ends.get(job.number, []) for job in jobs if not job.poison]
        return sum(any(end.state != SUCCEEDED for end in ends) for ends in good)

    def contradictions(self) -> int:
        """Return how many jobs have two different ends."""
        return sum(len(set(ends)) > 1 for ends in self.ends.values())

    def poison_ended_otherwise(self, jobs: Sequence[Job]) -> int:
        """Return how many poison jobs ended otherwise than failed after exactly the greatest number of attempts."""
        right = {End(FAILED, MAX_ATTEMPTS)}
        return sum(job.poison and set(self.ends.get(job.number, [])) != right for job in jobs)

    def broken(self, jobs: Sequence[Job]) -> list[str]:
        """Return the promises that were broken, each with how often."""
        counts = {
            "jobs without a result": self.lost(jobs),
            "innocent jobs that failed": self.innocent_failed(jobs),
            "jobs with contradicting results": self.contradictions(),
            "results at the wrong client": self.misrouted,
            "poison that ended otherwise": self.poison_ended_otherwise(jobs),
            "poison that was computed too often": sum(
                job.poison and self.runs[job.number] > MAX_ATTEMPTS for job in jobs
            ),
        }
        return [f"{number} {promise}" for promise, number in counts.items() if number]

    def rows(self, jobs: Sequence[Job]) -> Mapping[str, int | str]:
        """Return the figures of the run."""
        good = [job.number for job in jobs if not job.poison]
        bad = [job.number for job in jobs if job.poison]
        return {
            "jobs, of them poison": f"{len(jobs)}, {len(bad)}",
            "SIGKILL, SIGTERM": f"{self.kills}, {self.stops}",
            "calls that failed, calls refused in outages": f"{self.faults}, {self.refused}",
            "jobs without a result": self.lost(jobs),
            "innocent jobs that failed": self.innocent_failed(jobs),
            "innocent jobs computed more than once": sum(self.runs[number] > 1 for number in good),
            "results delivered more than once": sum(max(0, len(ends) - 1) for ends in self.ends.values()),
            "jobs with contradicting results": self.contradictions(),
            "results at the wrong client": self.misrouted,
            f"poison that ended otherwise than failed after {MAX_ATTEMPTS} attempts": self.poison_ended_otherwise(jobs),
            "seconds": round(self.seconds),
        }

    def peer_rows(self, jobs: Sequence[Job]) -> Mapping[str, int | str]:
        """Return the figures of a run on Celery, which tells nobody of the end of a job that kills its worker."""
        good = [job.number for job in jobs if not job.poison]
        bad = [job.number for job in jobs if job.poison]
        return {
            "jobs, of them poison": f"{len(jobs)}, {len(bad)}",
            "SIGKILL, SIGTERM": f"{self.kills}, {self.stops}",
            "innocent jobs without a result": sum(not self.ends.get(number) for number in good),
            "of them never begun": sum(not self.ends.get(number) and not self.runs[number] for number in good),
            "innocent jobs computed more than once": sum(self.runs[number] > 1 for number in good),
            "poison jobs without a result": sum(not self.ends.get(number) for number in bad),
            "runs of a poison job, at most": max((self.runs[number] for number in bad), default=0),
            "seconds": round(self.seconds),
        }

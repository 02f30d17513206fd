"""Answers to operators: failed jobs of all clients, and how the system does."""

from pydantic import Field

from runtime.contracts.base import ClientId, JobId, Model
from runtime.contracts.models import Fault, State


class Failure(Model):
    """A job that failed or timed out, as an operator sees it: nothing of its input and its parameters."""

    job_id: JobId
    client_id: ClientId
    algorithm: str
    state: State
    attempts: int = Field(ge=0)
    accepted_at: int = Field(description="milliseconds since the epoch")
    published_at: int | None = Field(description="when its client was told, in milliseconds since the epoch")
    error: Fault


class FailureList(Model):
    """Some of the jobs that failed and that no operator has retried or discarded, newest first."""

    failures: tuple[Failure, ...]
    cursor: str | None = Field(description="pass it as `cursor` for the next page; null on the last page")


class SettledJob(Model):
    """A job that is no longer among the failures."""

    job_id: JobId
    retried_as: JobId | None = Field(default=None, description="the job that was sent instead")


class RefusedJob(Model):
    """A job that is still among the failures, or never was."""

    job_id: JobId
    code: str
    detail: str


class Settled(Model):
    """What became of each job that was to be retried or discarded."""

    settled: tuple[SettledJob, ...]
    refused: tuple[RefusedJob, ...]


class Durations(Model):
    """How long the jobs of the last day took to compute, in seconds, beside what their algorithm declares."""

    jobs: int = Field(ge=0, description="that were timed: no other of the algorithm was computed meanwhile")
    p50: float | None
    p95: float | None
    typical_seconds: float = Field(description="as declared")
    timeout: float = Field(description="as declared")
    better_typical_seconds: float | None = Field(description="to declare instead; null if the declaration fits")
    better_timeout: float | None = Field(description="to declare instead; null if the declaration fits")


class AlgorithmView(Model):
    """How one algorithm does."""

    name: str
    waiting: int = Field(ge=0, description="jobs in its queues")
    held: int = Field(ge=0, description="jobs that its workers hold")
    dead_letters: int = Field(ge=0, description="that their function has not read")
    running: int = Field(ge=0, description="tasks")
    wanted: int = Field(ge=0, description="tasks that the scaler wants")
    oldest_accepted_at: int | None = Field(description="of its open jobs, in milliseconds since the epoch")
    task_seconds_today: float = Field(ge=0, description="that its tasks have run since midnight UTC, to the minute")
    usd_today: float = Field(ge=0, description="what these seconds cost by the list price, on demand; Spot costs less")
    durations: Durations


class ReasonCount(Model):
    """How many failures have one reason."""

    reason: str
    jobs: int = Field(ge=1, description="1,000 stands for that and more")


class SystemView(Model):
    """How the system does."""

    at: int = Field(description="milliseconds since the epoch")
    algorithms: tuple[AlgorithmView, ...]
    failures: tuple[ReasonCount, ...] = Field(description="that no operator has retried or discarded")
    prices: str = Field(description="region and date of the list prices")
    complete: bool = Field(description="whether all jobs were read; else the newest that ended, the oldest open ones")

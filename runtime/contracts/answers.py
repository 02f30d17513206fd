"""The API's answers: the source of the OpenAPI document's responses, and of the tests' checks of every answer."""

from typing import Any

from pydantic import Field

from algorithms.declaration import Needs
from runtime.contracts.base import BatchId, ClientId, JobId, Model, Scope
from runtime.contracts.estimates import Estimate
from runtime.contracts.models import CallbackState, Fault, JobResult, Output, State
from runtime.contracts.ports import InputType, Label, OutputType, PortName


class Problem(Model):
    """An error, as RFC 9457 problem details."""

    type: str = Field(description="urn:imaging:problem:<code>")
    title: str
    status: int
    detail: str = Field(description="a sentence that a person can act on")
    code: str = Field(description="stable; see the table of codes")
    errors: tuple["ProblemError", ...] = Field(default=(), description="every fault of the request at once")


class ProblemError(Model):
    """One fault of a request, at a JSON pointer into the body or in a query parameter."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Accepted(Model):
    """The job that this call, or an earlier one with the same Idempotency-Key, submitted."""

    job_id: JobId
    state: State


class AcceptedBatch(Model):
    """The batch that this call, or an earlier one with the same Idempotency-Key, submitted."""

    batch_id: BatchId
    job_ids: tuple[JobId, ...] = Field(description="in the order of the inputs")
    state: State = Field(description="queued; accepted if some jobs are still to be sent, which happens by itself")


class Provisioned(Model):
    """A client. The token is shown this once; only its SHA-256 is kept."""

    client_id: ClientId
    client_token: str
    queue_url: str


class SignedOutput(Output):
    """An output with an address that works for a while without a token."""

    url: str


class SignedResult(JobResult):
    """A result whose outputs can be downloaded."""

    outputs: tuple[SignedOutput, ...] = ()  # pyright: ignore[reportIncompatibleVariableOverride] - frozen: covariant


class Delivery(Model):
    """One result, and the receipt that acknowledges it."""

    receipt: str
    result: SignedResult


class Deliveries(Model):
    """The results that waited in the client's queue; each is delivered again unless it is acknowledged within 30 s.

    Delivery is at least once, and a job has one result: a job_id that was seen before brings nothing new.
    """

    messages: tuple[Delivery, ...]


class SignedUrl(Model):
    """A fresh address of one output."""

    url: str
    expires_in: int = Field(description="seconds")


class JobView(Model):
    """The current state of a job."""

    job_id: JobId
    batch_id: BatchId | None = Field(default=None, description="of a job that is one of a batch")
    retry_of: JobId | None = Field(default=None, description="the failed job instead of which an operator sent this")
    retried_as: JobId | None = Field(default=None, description="the job that an operator sent instead of this")
    algorithm: str
    state: State
    progress: float = Field(ge=0, le=1)
    attempts: int = Field(ge=0)
    hops: dict[str, int] = Field(description="milliseconds since the epoch at each hop so far")
    cancel_requested: bool
    callback: CallbackState | None = Field(
        default=None, description="what became of the call to `callback.url`, if the job has one; dead after a day"
    )
    estimate: Estimate | None = Field(default=None, description="while the job has not ended, if anything is known")
    error: Fault | None = None
    result: SignedResult | None = Field(default=None, description="once the job has ended")


class JobList(Model):
    """Some of the caller's jobs, newest first."""

    jobs: tuple[JobView, ...]
    cursor: str | None = Field(description="pass it as `cursor` for the next page; null on the last page")


class BatchView(Model):
    """The current state of a batch."""

    batch_id: BatchId
    algorithm: str
    jobs: int = Field(ge=1)
    states: dict[State, int] = Field(description="how many jobs are in each state, each state listed")
    progress: float = Field(ge=0, le=1, description="of all jobs together; a job that has ended counts as whole")
    seconds_left: float | None = Field(
        ge=0,
        description="estimate until the last job ends: by the pace since the first one started, and before one has "
        "ended, by what the algorithm declares, as if nobody else's jobs waited; null if neither is known",
    )
    accepted_at: int = Field(description="milliseconds since the epoch")
    cancel_requested: bool
    job_ids: tuple[JobId, ...] = Field(description="in the order of the inputs; `GET /jobs?batch=` has their results")


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


class CancelView(Model):
    """The state after the request: `cancelled`, or `running` while the worker stops it."""

    job_id: JobId
    state: State


class CatalogueResources(Model):
    """The resources of one task of an algorithm, and how its service scales."""

    vcpu: float
    memory_mib: int
    timeout: float = Field(description="seconds")
    acceptable_latency: float = Field(description="seconds")
    typical_seconds: float
    min_tasks: int
    max_tasks: int
    spot: bool


class CatalogueInput(Model):
    """A further input of an algorithm, as `inputs` of a request names it."""

    name: PortName
    type: InputType
    description: str
    scopes: tuple[Scope, ...] = Field(default=(), description="of an image from the PACS")
    many: bool = Field(default=False, description="whether it takes a list")
    required: bool


class CatalogueOutput(Model):
    """A declared output of an algorithm, as `ports` of a result has it."""

    name: PortName
    type: OutputType
    description: str
    unit: str = ""
    optional: bool = Field(default=False, description="whether a result may lack it")
    labels: tuple[Label, ...] = ()
    grid: str = Field(default="", description="the input on whose grid an image or labels lie, or any")


class CatalogueWeights(Model):
    """A file of an algorithm's model."""

    package: str
    file: str
    sha256: str
    licence: str
    source: str = Field(description="an address, a DOI, or how it was made")


class CatalogueEntry(Model):
    """One algorithm."""

    name: str
    summary: str
    scopes: tuple[Scope, ...]
    needs: Needs = Field(
        default="regular",
        description="what its planes must be: a series is taken if `good_for` of its stack in the PACS API has this",
    )
    parameters: dict[str, Any] = Field(description="JSON Schema of the parameters")
    inputs: tuple[CatalogueInput, ...] = Field(default=(), description="inputs beside the image, series or study")
    outputs: tuple[CatalogueOutput, ...] | None = Field(
        default=None, description="what it returns; null if only a job shows it: an image, measurements, or both"
    )
    weights: tuple[CatalogueWeights, ...] = Field(default=(), description="what its model is loaded from")
    reference: str
    documentation: str
    distribution: str
    version: str
    resources: CatalogueResources


class Catalogue(Model):
    """The installed algorithms."""

    algorithms: tuple[CatalogueEntry, ...]


__all__ = [
    "Accepted",
    "AcceptedBatch",
    "BatchView",
    "CancelView",
    "Catalogue",
    "CatalogueEntry",
    "Deliveries",
    "Delivery",
    "Failure",
    "FailureList",
    "JobList",
    "JobView",
    "Problem",
    "Provisioned",
    "Settled",
    "SignedResult",
    "SignedUrl",
    "SystemView",
]

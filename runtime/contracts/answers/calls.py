"""Answers to clients: jobs, batches, results and their addresses."""

from pydantic import Field

from runtime.contracts.base import BatchId, ClientId, JobId, Model
from runtime.contracts.estimates import Estimate
from runtime.contracts.models import CallbackState, Fault, JobResult, Output, State


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


class CancelView(Model):
    """The state after the request: `cancelled`, or `running` while the worker stops it."""

    job_id: JobId
    state: State

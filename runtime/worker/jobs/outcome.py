"""The outcome of a computation, and the result that is made of it."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.contracts import keys
from runtime.contracts.codes import CODES
from runtime.contracts.models import EndState, Fault, JobResult, Output
from runtime.contracts.results.display import Display
from runtime.contracts.results.ports import Port, Source, UsedInput
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.product import Product

Measurement = float | int | str | bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a computation: the end, its code and its files."""

    status: EndState
    products: tuple[Product, ...] = ()
    measurements: Mapping[str, Measurement] = field(default_factory=dict[str, Measurement])
    missing: tuple[str, ...] = ()
    error: Fault | None = None
    display: Display | None = None
    ports: tuple[Port, ...] = ()
    used: tuple[UsedInput, ...] = ()
    source: Source | None = None


def failed(code: str, message: str) -> Outcome:
    """Return the outcome that a code means."""
    status: EndState = "timed_out" if code == "timed_out" else "cancelled" if code == "cancelled" else "failed"
    return Outcome(status, error=Fault(code=code, message=message, retryable=CODES[code].retryable))


def death(status: int, how: str) -> Outcome:
    """Return the outcome of a computation whose process ended with this status, negative for a signal."""
    if status == -signal.SIGKILL:
        # Nobody here killed it: the kernel did, and it does so for memory.
        return failed("out_of_memory", "The algorithm needed more memory than there is.")
    return failed("algorithm_crashed", f"The algorithm's process {how}.")


def cancelled() -> Outcome:
    """Return the outcome of a job that its client cancelled."""
    return failed("cancelled", "The job was cancelled by its client.")


def result(job: HeldJob, outcome: Outcome, distribution: str) -> JobResult:
    """Return the manifest of a job."""
    message = job.message
    prefix = keys.attempt_prefix(message.client_id, message.job_id, job.attempt)
    return JobResult(
        job_id=message.job_id,
        client_id=message.client_id,
        algorithm=message.algorithm,
        distribution=distribution,
        status=outcome.status,
        pacs=message.pacs,
        parameters=job.parameters or message.parameters,
        outputs=tuple(
            Output(
                name=product.path.name,
                kind=product.kind,
                key=prefix + product.path.name,
                media_type=product.media_type,
                bytes=product.bytes,
                sha256=product.sha256,
                plane=product.plane,
                port=product.port,
            )
            for product in outcome.products
        ),
        inputs=message.inputs,
        ports=outcome.ports,
        used=outcome.used,
        source=outcome.source,
        outputs_complete=True,
        measurements=dict(outcome.measurements),
        missing=outcome.missing,
        display=outcome.display,
        error=outcome.error,
        attempts=job.attempts,
        hops=dict(job.hops),
    )

"""The bodies of requests."""

from typing import Any

from pydantic import Field

from runtime.contracts.base import ClientId, JobId, Model, OrderingKey
from runtime.contracts.models import AskedKind, InputReference
from runtime.contracts.results import fit


class Callback(Model):
    """Where the result goes: to the client's queue; `url` is told that the job has ended, too."""

    client_id: ClientId
    url: str | None = Field(
        default=None,
        max_length=2048,
        description="https address that is called once each job has ended; the stack's configuration names its host",
    )
    secret: str | None = Field(
        default=None,
        max_length=96,
        description="signs the calls to `url` as Standard Webhooks does: whsec_ and 24 to 64 random bytes as base64",
    )


class ProcessRequest(Model):
    """The body of `POST /process/{algorithm}`; `parameters` is checked against that algorithm's own schema."""

    pacs: InputReference
    parameters: dict[str, Any] = Field(default_factory=dict[str, Any])
    inputs: dict[str, Any] = Field(
        default_factory=dict[str, Any],
        description="further inputs by name: an object of the PACS, an output of an earlier job, points or boxes",
    )
    callback: Callback
    outputs: tuple[AskedKind, ...] = Field(
        default=("preview", "mosaic", "values"),
        min_length=1,
        max_length=4,
        description="preview: a PNG per plane; mosaic: one PNG of all planes; values: the values without loss (.mha), "
        "and points, boxes, transforms, tables and files; nifti: images and labels as .nii.gz, too",
    )
    ordering_key: OrderingKey | None = Field(
        default=None, description="jobs of one key run one after another, in order; without it they run in parallel"
    )


class BatchRequest(Model):
    """The body of `POST /process/{algorithm}` for many jobs: `pacs` is a list, and all else is the same for each job.

    The jobs run in parallel, in no order. All of them are accepted, or none.
    """

    pacs: tuple[InputReference, ...] = Field(
        min_length=1, max_length=fit.MOST_JOBS, description="the input of each job"
    )
    parameters: dict[str, Any] = Field(default_factory=dict[str, Any])
    inputs: dict[str, Any] = Field(default_factory=dict[str, Any], description="further inputs, those of every job")
    callback: Callback
    outputs: tuple[AskedKind, ...] = Field(
        default=("preview", "mosaic", "values"), min_length=1, max_length=4, description="as of a single job"
    )


class ProvisionRequest(Model):
    """The body of `POST /provision`; it may be left out."""

    idle_seconds: int | None = Field(
        default=None,
        ge=3600,
        le=7_776_000,
        description="After so many seconds without a call the client, its queue and its open jobs may be removed; at "
        "most the stack's `clientIdleDays`, which is also what holds without it.",
    )


class FailedJobs(Model):
    """The failed jobs that an operator retries or discards."""

    job_ids: tuple[JobId, ...] = Field(min_length=1, max_length=50)

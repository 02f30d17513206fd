"""The frozen, versioned messages: with requests and answers the source of the JSON Schemas and of OpenAPI."""

from typing import Any, Literal

from pydantic import Field

from runtime.contracts.base import CallbackId, ClientId, Identifier, JobId, Model, Scope, VolumeId
from runtime.contracts.results.display import Display
from runtime.contracts.results.ports import Port, PortName, Source, UsedInput

Inputs = dict[str, tuple[dict[str, Any], ...]]
# What a request may ask for, and what a file of a result may be.
AskedKind = Literal["preview", "mosaic", "values", "nifti"]
OutputKind = Literal["preview", "mosaic", "values", "nifti", "data"]
EndState = Literal["succeeded", "partial", "failed", "cancelled", "timed_out"]
State = Literal["accepted", "queued", "running", "succeeded", "partial", "failed", "cancelled", "timed_out"]

CallbackState = Literal["pending", "delivered", "dead"]


class InputReference(Model):
    """Which image, series or study a job takes: references, never pixels."""

    study_id: Identifier
    series_id: Identifier | None = Field(default=None, description="needed unless scope is study")
    image_id: Identifier | None = Field(default=None, description="needed when scope is image")
    scope: Scope = "image"
    volume: VolumeId | None = Field(
        default=None,
        description="one volume of the series (a time point, an echo, a b-value), as the PACS API's stack names it",
    )


class JobMessage(Model):
    """What the router puts on an algorithm's requests queue."""

    version: Literal[1, 2] = Field(default=1, description="2 if a worker of version 1 would leave out what is asked")
    job_id: JobId
    client_id: ClientId
    shard: int = Field(ge=0)
    algorithm: str
    pacs: InputReference
    parameters: dict[str, Any]
    inputs: Inputs = Field(default_factory=dict[str, tuple[dict[str, Any], ...]])
    outputs: tuple[AskedKind, ...]
    accepted_at: int = Field(description="milliseconds since the epoch")
    callback_id: CallbackId | None = Field(default=None, description="of the callbacks table, if `url` is given")
    traceparent: str | None = Field(
        default=None,
        description="W3C context of the span that the job is part of: its caller's, its batch's, or its own without "
        "either; what cannot be read names none",
    )


class Fault(Model):
    """Why a job did not succeed: a stable code, and a sentence that a person can act on."""

    code: str
    message: str
    retryable: bool


class Output(Model):
    """One object that a job made."""

    name: str = Field(description="file name, such as preview-0001.png")
    kind: OutputKind
    key: str = Field(description="key in the output bucket")
    media_type: str
    bytes: int = Field(ge=0)
    sha256: str
    plane: int | None = Field(default=None, ge=0, description="index of the plane that a preview shows, from 0")
    port: PortName | None = Field(default=None, description="the declared output that it is a file of")


class JobResult(Model):
    """How a job ended: the manifest's content, and the SNS message (there `outputs` may be cut to what fits)."""

    version: Literal[1] = 1
    job_id: JobId
    client_id: ClientId
    algorithm: str
    distribution: str = Field(description="name and version of the distribution that holds the algorithm")
    status: EndState
    pacs: InputReference
    parameters: dict[str, Any] = Field(description="as used, defaults filled in")
    inputs: Inputs = Field(default_factory=dict[str, tuple[dict[str, Any], ...]], description="further inputs, as used")
    outputs: tuple[Output, ...] = ()
    ports: tuple[Port, ...] = Field(default=(), description="the declared outputs; empty if the algorithm has none")
    outputs_complete: bool = Field(
        default=True,
        description="false if the manifest holds more of the lists than this message",
    )
    counts: dict[str, int] = Field(
        default_factory=dict[str, int],
        description="if outputs_complete is false: how many measurements, ports, missing and outputs the manifest has",
    )
    measurements: dict[str, float | int | str | bool] = Field(default_factory=dict[str, float | int | str | bool])
    missing: tuple[str, ...] = Field(default=(), description="what a partial result lacks, one sentence each")
    display: Display | None = Field(
        default=None, description="null without an image, and in results of earlier releases"
    )
    used: tuple[UsedInput, ...] = Field(default=(), description="the inputs as found, in the manifest alone")
    source: Source | None = Field(default=None, description="of the image, in the manifest alone")
    error: Fault | None = None
    attempts: int = Field(ge=0)
    hops: dict[str, int] = Field(description="milliseconds since the epoch at each hop")

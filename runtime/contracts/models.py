"""The frozen, versioned messages and bodies: the single source of the JSON Schemas and of the OpenAPI document."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from runtime.contracts import keys

Scope = Literal["image", "series", "study"]
OutputKind = Literal["preview", "mosaic", "values"]
EndState = Literal["succeeded", "partial", "failed", "cancelled", "timed_out"]
State = Literal["accepted", "queued", "running", "succeeded", "partial", "failed", "cancelled", "timed_out"]

UNIT_LONGEST: Final = 64  # characters

# DICOM UIDs, or what the existing bucket uses instead; no character that could leave its segment of a key.
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$")]
ClientId = Annotated[str, StringConstraints(pattern=f"^{keys.CLIENT_ID_PATTERN}$")]
JobId = Annotated[str, StringConstraints(pattern=f"^{keys.JOB_ID_PATTERN}$")]
OrderingKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class Model(BaseModel):
    """The base of every message and body: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class InputReference(Model):
    """Which image, series or study a job takes: references, never pixels."""

    study_id: Identifier
    series_id: Identifier | None = Field(default=None, description="needed unless scope is study")
    image_id: Identifier | None = Field(default=None, description="needed when scope is image")
    scope: Scope = "image"


class Callback(Model):
    """Where the result goes."""

    client_id: ClientId


class ProcessRequest(Model):
    """The body of `POST /process/{algorithm}`; `parameters` is checked against that algorithm's own schema."""

    pacs: InputReference
    parameters: dict[str, Any] = Field(default_factory=dict[str, Any])
    callback: Callback
    outputs: tuple[OutputKind, ...] = Field(
        default=("preview", "mosaic", "values"),
        min_length=1,
        max_length=3,
        description="preview: a PNG per plane; mosaic: one PNG of all planes; values: the values without loss (.mha)",
    )
    ordering_key: OrderingKey | None = Field(
        default=None, description="jobs of one key run one after another, in order; without it they run in parallel"
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


class JobMessage(Model):
    """What the router puts on an algorithm's requests queue."""

    version: Literal[1] = 1
    job_id: JobId
    client_id: ClientId
    shard: int = Field(ge=0)
    algorithm: str
    pacs: InputReference
    parameters: dict[str, Any]
    outputs: tuple[OutputKind, ...]
    accepted_at: int = Field(description="milliseconds since the epoch")


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


class DisplayWindow(Model):
    """A window of values, in their unit, by DICOM's LINEAR function (LINEAR_EXACT if it is narrower than 1)."""

    centre: float = Field(allow_inf_nan=False)
    width: float = Field(gt=0, allow_inf_nan=False)


class Display(Model):
    """What the values of a result mean, and how they are shown."""

    unit: str = Field(max_length=UNIT_LONGEST, description="unit of the values, such as HU; empty if arbitrary")
    scale: Literal["source", "own", "mask", "colour"] = Field(
        description="source: as the source's values, shown as its planes are; own: by `window`, never by the source's; "
        "mask: zeros and ones, without a window; colour: red, green and blue, without a window",
    )
    window: DisplayWindow | None = Field(description="one for all planes")
    inverted: bool = Field(description="whether the lowest value is white")


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
    outputs: tuple[Output, ...] = ()
    outputs_complete: bool = Field(
        default=True,
        description="false if the manifest holds more of the lists than this message",
    )
    measurements: dict[str, float | int | str | bool] = Field(default_factory=dict[str, float | int | str | bool])
    missing: tuple[str, ...] = Field(default=(), description="what a partial result lacks, one sentence each")
    display: Display | None = Field(
        default=None, description="null without an image, and in results of earlier releases"
    )
    error: Fault | None = None
    attempts: int = Field(ge=0)
    hops: dict[str, int] = Field(description="milliseconds since the epoch at each hop")

"""What passes between the worker and its child.

A computation goes to the child as a pickle; what the child says comes back as JSON of these shapes and nothing else,
because the algorithm runs there and may say anything.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, TypeAdapter

from algorithms.declaration import Resources, Scope
from runtime.contracts.models import AskedKind
from runtime.contracts.results.display import Display
from runtime.contracts.results.ports import Port, Source, UsedInput
from runtime.worker.child.fork.preparation import Preparation
from runtime.worker.jobs.fetched import Fetched
from runtime.worker.jobs.product import Product

MOST_BYTES: Final = 16 << 20  # of one reply
MOST_PARAMETERS: Final = 256 << 10  # characters, as JSON: a request has at most 64 KiB, defaults come on top
LONGEST_MESSAGE: Final = 300
LONGEST_TRACE: Final = 4000
FiniteMeasurement = Annotated[float, Field(allow_inf_nan=False)] | int | str | bool  # a Measurement that JSON can hold


@dataclass(frozen=True, slots=True)
class Computation:
    """One job, as the child needs it. The files of the result go into `folder`, temporary ones into `tmp` below it.

    `volume` is the one that is read of the files in `paths`, None for all of them.
    """

    paths: tuple[Path, ...]
    parameters: Mapping[str, Any]
    kinds: tuple[AskedKind, ...]
    folder: Path
    inputs: Mapping[str, tuple[Fetched, ...]] = field(default_factory=dict[str, "tuple[Fetched, ...]"])
    volume: str | None = None

    @property
    def name(self) -> str:
        """What tells it from every other one: its folder is of one attempt at one job."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the worker knows of its algorithm: the child has imported the plugin, the worker never does."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,23}$")]
    label: Annotated[str, Field(max_length=200)]
    scopes: tuple[Scope, ...]
    resources: Resources


@dataclass(frozen=True, slots=True)
class Ready:
    """The child can take a computation."""

    declaration: Declaration
    preparation: Preparation = field(default_factory=Preparation)
    says: Literal["ready"] = "ready"


@dataclass(frozen=True, slots=True)
class Broken:
    """The child cannot load the algorithm."""

    message: str
    says: Literal["broken"] = "broken"


def _writable(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse what no result can hold, in which the parameters stand: NaN, infinity, more than a request may have."""
    if len(json.dumps(parameters, allow_nan=False)) > MOST_PARAMETERS:
        raise ValueError(f"parameters have at most {MOST_PARAMETERS} characters")
    return parameters


@dataclass(frozen=True, slots=True)
class Bound:
    """The job's parameters fit the algorithm; the defaults are filled in."""

    parameters: Annotated[dict[str, Any], AfterValidator(_writable)]
    says: Literal["bound"] = "bound"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the computation is, from 0 to 1."""

    fraction: Annotated[float, Field(ge=0, le=1)]
    says: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True)
class Done:
    """The computation's result; `computed_at` in ms since the epoch, before the files were written."""

    products: tuple[Product, ...]
    measurements: Mapping[str, FiniteMeasurement]
    missing: tuple[str, ...]
    computed_at: int
    display: Display | None = None
    ports: tuple[Port, ...] = ()
    used: tuple[UsedInput, ...] = ()
    source: Source | None = None
    says: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no result; `trace` is for the log alone: its client reads code and message."""

    code: str
    message: Annotated[str, Field(max_length=2 * LONGEST_MESSAGE)]
    trace: Annotated[str, Field(max_length=LONGEST_TRACE)] = ""
    says: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class NoRoom:
    """The disk was full, or another limit of the machine reached: the algorithm's doing, or somebody else's."""

    message: str
    says: Literal["no_room"] = "no_room"


Reply = Ready | Broken | Bound | Progress | Done | Failed | NoRoom


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reply as the child sends it, with the memory that the child has by then.

    `of` names the computation: a process that an algorithm forked may answer as well, and the child only later.
    `spent` is a child that needs replacing.
    """

    reply: Annotated[Reply, Field(discriminator="says")]
    allocated_bytes: int
    of: Annotated[str, Field(max_length=100)] = ""
    spent: bool = False


_envelope: TypeAdapter[Envelope] = TypeAdapter(Envelope)


def encode(envelope: Envelope) -> bytes:
    """Return what the child sends."""
    return _envelope.dump_json(envelope)


def decode(content: bytes) -> Envelope:
    """Return what the child said; ValueError if it is none of the above."""
    return _envelope.validate_json(content)

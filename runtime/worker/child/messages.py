"""What passes between the worker and its child."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.contracts.models import OutputKind
from runtime.worker.jobs.outcome import Measurement, Product


@dataclass(frozen=True, slots=True)
class Task:
    """One job, as the child needs it. The files of the result go into `folder`, temporary ones into `tmp` below it."""

    paths: tuple[Path, ...]
    parameters: Mapping[str, Any]
    kinds: tuple[OutputKind, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Ready:
    """The child can take a task."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The child cannot load the algorithm."""

    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the task is, from 0 to 1."""

    fraction: float


@dataclass(frozen=True, slots=True)
class Done:
    """The task's result; `computed_at` in ms since the epoch, before the files were written."""

    products: tuple[Product, ...]
    measurements: Mapping[str, Measurement]
    missing: tuple[str, ...]
    computed_at: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no result; `trace` is for the log alone: its client reads code and message."""

    code: str
    message: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class NoRoom:
    """The disk was full, or another limit of the machine reached: the algorithm's doing, or somebody else's."""

    message: str


Reply = Ready | Broken | Progress | Done | Failed | NoRoom


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as the child sends it, with the memory that the child has by then."""

    reply: Reply
    allocated_bytes: int

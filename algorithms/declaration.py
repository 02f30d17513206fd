"""What a plugin declares: the function, and what it needs to be run as a service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the scaler's function has this module without these
    from algorithms.translation import Translation
    from algorithms.weights import Weights

Scope = Literal["image", "series", "study"]
Needs = Literal["regular", "resampled", "any"]


@dataclass(frozen=True, slots=True)
class Resources:
    """What one worker task gets, and how the service scales.

    Parameters
    ----------
    vcpu : vCPUs of one task; together with `memory_mib` one of the pairs that Fargate offers.
    memory_mib : memory of one task, in MiB. A job may use all but what the worker itself needs.
    timeout : seconds after which a job is stopped and ends `timed_out`.
    acceptable_latency : seconds that a job may wait before another task is worth starting.
    typical_seconds : seconds that one job usually takes.
    min_tasks, max_tasks : bounds of the number of tasks; 0 lets the service stand at zero while there is no job.
    spot : whether tasks beyond the first may run on Fargate Spot, which AWS may not have or may take back with two
        minutes' notice; the first task always runs on demand.
    """

    vcpu: float = 1.0
    memory_mib: int = 2048
    timeout: float = 300.0
    acceptable_latency: float = 30.0
    typical_seconds: float = 1.0
    min_tasks: int = 0
    max_tasks: int = 4
    spot: bool = True


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One image function with its declaration.

    Parameters
    ----------
    name : lowercase letters, digits, hyphens or underscores, at most 24 characters; equal to the entry point's name
        when the plugin registers a single algorithm.
    summary : one sentence for the catalogue.
    run : the function itself, at module level: `run(image: Image, <typed parameters>) -> Image | Result`.
    scopes : what it takes: one `image`, a whole `series`, a whole `study`.
    resources : what a task gets and how the service scales.
    reference : numbered source of the method, as in the function's own References section.
    needs : what its planes must be. "regular": one step along the normal from one another; others are refused.
        "resampled": irregular planes of one orientation are interpolated to such steps, which takes SimpleITK among
        the plugin's dependencies. "any": irregular planes come as they are, with `Positions` and `Orientations` in
        `Image.source`. For the latter two, `missing` of the result says what was irregular.
    largest_input : planes, rows and columns of the largest input that a task must hold, or None if nothing is said.
        `imaging check` measures whether its memory and its timeout are enough.
    prepare : a function without arguments that is called once in each worker, before its first job, in the process from
        which jobs are forked: what it loads is there for every job and shared by all. What it returns is not used.
    weights : the files that it loads, each with its checksum, licence and source. Each worker compares them before
        `prepare` is called, and takes no job if one is missing or another.
    translations : its texts in other languages, by language (`it`, `pt-BR`); the page shows them to those who read it.
    """

    name: str
    summary: str
    run: Callable[..., Any]
    scopes: tuple[Scope, ...] = ("image",)
    resources: Resources = field(default_factory=Resources)
    reference: str = ""
    needs: Needs = "regular"
    largest_input: tuple[int, int, int] | None = None
    prepare: Callable[[], Any] | None = None
    weights: "tuple[Weights, ...]" = ()
    translations: "Mapping[str, Translation]" = field(default_factory=dict[str, "Translation"], hash=False)

"""What an author's test reads of a trial: what the client of a job would, and what the worker's log says."""

import atexit
import functools
import importlib.util
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from algorithms.image import Image, Result
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import Outputs, outputs_of
from algorithms.registered import Registered
from runtime.authoring.inputs.further import handed_all
from runtime.authoring.inputs.source import locate
from runtime.authoring.target import find
from runtime.authoring.trials.trial import Request, Trial
from runtime.authoring.trials.trials import Trials
from runtime.contracts.models import EndState
from runtime.worker.child.messages import Done, NoRoom


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job would end.

    Parameters
    ----------
    status : `succeeded`, `partial`, `failed` or `timed_out`.
    image : what the function returned, None if it only measures, failed, or declares its outputs.
    outputs : the declared outputs by their names; those that it left out are missing.
    measurements, missing : as the client reads them.
    parameters : those that the function was called with, defaults filled in.
    files : the contents of the files of the result, by their names.
    code, message : why it failed, as the client reads it; empty otherwise.
    trace : the function's traceback, if it raised.
    seconds : how long reading, computing and writing took.
    memory_mib : the memory that they took beyond what the worker needs itself, in MiB.
    """

    status: EndState
    image: Image | None = None
    outputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    measurements: Mapping[str, Any] = field(default_factory=dict[str, Any])
    missing: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    code: str = ""
    message: str = ""
    trace: str = ""
    seconds: float = 0.0
    memory_mib: float = 0.0


def run_like_a_worker(algorithm: str | Callable[..., Any], source: Image | str | Path, /, **arguments: Any) -> Outcome:
    """Compute as a worker does, in a process of its own within the declared memory and timeout, and return the end.

    `algorithm` is the name of an installed one, a file, `module:object`, or the function itself. `source` is an image,
    or a path that `imaging try` takes. `arguments` are the parameters and the further inputs by their names; an input
    that is an image may be a path, too. The process that loads the algorithm stays until the tests end.

    Raises TargetError if there is no such algorithm, PermanentError if there is no such input.
    """
    name = algorithm if isinstance(algorithm, str) else name_of(algorithm)
    run: Any = _found(name).algorithm.run if isinstance(algorithm, str) else algorithm
    ports = inputs_of(run)
    inputs = {port.name: arguments.pop(port.name) for port in ports if port.name in arguments}
    given = source if isinstance(source, Image) else locate(Path(source))
    with tempfile.TemporaryDirectory(prefix="imaging-run-") as folder:
        results = Path(folder, "results")
        results.mkdir()
        further = handed_all(ports, inputs, Path(folder, "inputs"), lambda: _found(name).algorithm)
        return _outcome(_trials(name).attempt(Request(given, results, arguments, inputs=further)), outputs_of(run))


def name_of(function: Callable[..., Any]) -> str:
    """Return the name by which another process finds a function: of its module, or of its file."""
    module = function.__module__
    try:
        is_found = importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        is_found = False
    return f"{module if is_found else function.__code__.co_filename}:{function.__qualname__}"


@functools.cache
def _found(name: str) -> Registered:
    return find(name)


@functools.cache
def _trials(name: str) -> Trials:
    trials = Trials(name)
    atexit.register(trials.__exit__)
    return trials.__enter__()


def returned_outputs(returned: Any, outputs: Outputs) -> dict[str, Any]:
    """Return the declared outputs of what a function returned, by their names, without those that it left out."""
    values = {port.name: getattr(returned, port.name) if outputs.record else returned for port in outputs.ports}
    return {name: value for name, value in values.items() if value is not None}


def _outcome(trial: Trial, outputs: Outputs | None) -> Outcome:
    reply = trial.reply
    common: dict[str, Any] = {
        "parameters": trial.parameters,
        "seconds": trial.seconds,
        "memory_mib": trial.peak_bytes / 2**20,
    }
    if isinstance(reply, Done):
        returned = trial.seen.returned
        whole = returned.image if isinstance(returned, Result) else returned
        return Outcome(
            "partial" if reply.missing else "succeeded",
            image=None if outputs else whole,
            outputs=returned_outputs(returned, outputs) if outputs else {},
            measurements=reply.measurements,
            missing=reply.missing,
            files={each.path.name: each.path.read_bytes() for each in reply.products},
            **common,
        )
    code = "no_room" if isinstance(reply, NoRoom) else reply.code
    status: EndState = "timed_out" if code == "timed_out" else "failed"
    return Outcome(status, code=code, message=reply.message, trace=trial.seen.trace, **common)

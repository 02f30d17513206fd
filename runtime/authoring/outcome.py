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
from runtime.authoring.source import locate
from runtime.authoring.trial import Request, Trial
from runtime.authoring.trials import Trials
from runtime.contracts.models import EndState
from runtime.worker.child.messages import Done, NoRoom


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job would end.

    Parameters
    ----------
    status : `succeeded`, `partial`, `failed` or `timed_out`.
    image : what the function returned, None if it only measures, declares its outputs, or failed.
    returned : that, whatever it is; None if it failed.
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
    returned: Any = None
    measurements: Mapping[str, Any] = field(default_factory=dict[str, Any])
    missing: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    code: str = ""
    message: str = ""
    trace: str = ""
    seconds: float = 0.0
    memory_mib: float = 0.0


def run_like_a_worker(algorithm: str | Callable[..., Any], source: Image | str | Path, /, **parameters: Any) -> Outcome:
    """Compute as a worker does, in a process of its own within the declared memory and timeout, and return the end.

    `algorithm` is the name of an installed one, a file, `module:object`, or the function itself. `source` is an image,
    or a path that `imaging try` takes. The process that loads the algorithm stays until the tests end.

    Raises TargetError if there is no such algorithm, PermanentError if there is no such input.
    """
    given = source if isinstance(source, Image) else locate(Path(source))
    with tempfile.TemporaryDirectory(prefix="imaging-run-") as folder:
        name = algorithm if isinstance(algorithm, str) else name_of(algorithm)
        return _outcome(_trials(name).attempt(Request(given, Path(folder), parameters)))


def name_of(function: Callable[..., Any]) -> str:
    """Return the name by which another process finds a function: of its module, or of its file."""
    module = function.__module__
    try:
        is_found = importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        is_found = False
    return f"{module if is_found else function.__code__.co_filename}:{function.__qualname__}"


@functools.cache
def _trials(name: str) -> Trials:
    trials = Trials(name)
    atexit.register(trials.__exit__)
    return trials.__enter__()


def _outcome(trial: Trial) -> Outcome:
    reply = trial.reply
    common: dict[str, Any] = {
        "parameters": trial.parameters,
        "seconds": trial.seconds,
        "memory_mib": trial.peak_bytes / 2**20,
    }
    if isinstance(reply, Done):
        returned = trial.seen.returned
        return Outcome(
            "partial" if reply.missing else "succeeded",
            image=returned.image if isinstance(returned, Result) else returned if isinstance(returned, Image) else None,
            returned=returned,
            measurements=reply.measurements,
            missing=reply.missing,
            files={each.path.name: each.path.read_bytes() for each in reply.products},
            **common,
        )
    code = "no_room" if isinstance(reply, NoRoom) else reply.code
    status: EndState = "timed_out" if code == "timed_out" else "failed"
    return Outcome(status, code=code, message=reply.message, trace=trial.seen.trace, **common)

"""The process of trials: confined as a worker's child is, it answers requests and waits to be killed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from algorithms.image import Image
from algorithms.registered import Registered
from runtime.authoring.inputs.source import Source, read
from runtime.authoring.observation.observed import Observation, observed
from runtime.authoring.trials import transfer
from runtime.authoring.trials.memory import forget_peak
from runtime.authoring.trials.sendable import sendable
from runtime.contracts.models import AskedKind
from runtime.worker.child import messages
from runtime.worker.child.answers import Child
from runtime.worker.child.fork import isolation
from runtime.worker.child.fork.preparation import job_bytes
from runtime.worker.child.messages import Bound, Computation, Done, Progress, Reply
from runtime.worker.child.say import say
from runtime.worker.jobs.fetched import Fetched


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be tried.

    Parameters
    ----------
    source : the image itself, or its files.
    parameters : as a client sends them.
    folder : an existing folder for the files of the result.
    kinds : which files are written.
    times : how often it is computed in the same process.
    inputs : the further inputs, as the worker hands them to its child.
    """

    source: Image | Source
    folder: Path
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    kinds: tuple[AskedKind, ...] = ("preview", "mosaic", "values")
    times: int = 1
    inputs: Mapping[str, tuple[Fetched, ...]] = field(default_factory=dict[str, "tuple[Fetched, ...]"])


class _Voice:
    """Hears what the child says to its worker, in the form that the worker reads: parameters, and the answer."""

    def __init__(self) -> None:
        self.parameters: Mapping[str, Any] = {}
        self.reply: Reply | None = None

    def send_bytes(self, content: bytes) -> None:
        match messages.decode(content).reply:
            case Bound(parameters):
                self.parameters = parameters
            case Progress():
                pass
            case reply:
                self.reply = reply


class _Child(Child):
    def __init__(self, voice: _Voice, run: Any, registered: Registered, source: Image | Source) -> None:
        super().__init__(cast("Connection", voice), run, registered.algorithm.needs)
        self._source = source

    def image(self, paths: tuple[Path, ...], volume: str | None = None) -> Image:
        """Return the input, read if it is not an image already."""
        if isinstance(self._source, Image):
            return replace(self._source, pixels=self._source.pixels.copy(), source=dict(self._source.source))
        return read(self._source, self._needs)


def serve(connection: Connection, parent: int, registered: Registered, requests: Sequence[Request]) -> None:
    """Answer requests: send the reply, the parameters and what was seen of each, and wait until that is received."""
    algorithm = registered.algorithm
    isolation.isolate(parent, job_bytes(algorithm), sole_user=False)
    forget_peak()
    connection.send("confined")
    for request in requests:
        connection.recv()
        transfer.send(connection, _answer(registered, request))
    connection.recv()  # the last is measured, and this process is killed


def _answer(registered: Registered, request: Request) -> tuple[Reply, Mapping[str, Any], Observation]:
    voice, seen = _Voice(), Observation()
    child = _Child(voice, observed(registered.algorithm.run, seen, request.times), registered, request.source)
    paths = () if isinstance(request.source, Image) else request.source.paths
    computation = Computation(paths, request.parameters, request.kinds, request.folder, request.inputs)
    reply: Reply = child.answer(computation)
    for _ in range(request.times - 1):
        if isinstance(reply, Done):
            reply = child.answer(computation)
    say(cast("Connection", voice), reply)
    reply = voice.reply or reply
    # What is no result may be anything.
    seen.returned = sendable(seen.returned) if isinstance(reply, Done) else None
    return reply, voice.parameters, seen

"""Further inputs of a trial: an author's files, and values in memory, as a worker's child gets them."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from algorithms.declaration import Algorithm
from algorithms.ports.inputs import InputPort, inputs_of
from runtime.authoring.inputs.handed import handed
from runtime.authoring.inputs.input_files import read_places, read_transform
from runtime.authoring.inputs.source import locate, read
from runtime.errors import PermanentError
from runtime.worker.jobs.fetched import Fetched
from runtime.worker.jobs.scopes import check_scope


def named(texts: Sequence[str], algorithm: Algorithm, folder: Path) -> dict[str, tuple[Fetched, ...]]:
    """Return the inputs of `NAME=VALUE` texts; what must be written for them is in `folder`.

    A value is a path that `locate` takes, a transform that ITK reads, or points and boxes as JSON or a file of it.
    Raises PermanentError for an unknown name, a value that is not there and one that does not fit.
    """
    ports = {port.name: port for port in inputs_of(algorithm.run)}
    found: dict[str, tuple[Fetched, ...]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise PermanentError("input_unsupported", f"--input {text}: it is not NAME=PATH.")
        if name not in ports:
            raise PermanentError("input_unsupported", _unknown(algorithm.name, name, ports))
        if name in found and not ports[name].many:
            raise PermanentError("input_unsupported", f"Input `{name}` is given twice, and takes one value.")
        before = found.get(name, ())
        try:
            found[name] = (*before, _fetched(ports[name], value, algorithm, folder / f"{name}-{len(before)}"))
        except PermanentError as error:
            raise PermanentError(error.code, f"Input `{name}`: {error.message}") from error
    return found


def handed_all(
    ports: Sequence[InputPort],
    values: Mapping[str, Any],
    folder: Path,
    algorithm: Callable[[], Algorithm] | None = None,
) -> dict[str, tuple[Fetched, ...]]:
    """Return values in memory as outputs of earlier jobs, written into `folder`; a list is several, None is absent.

    A value may be a path, too, if it is said whose input it is. Raises PermanentError as `named` does.
    """
    found: dict[str, tuple[Fetched, ...]] = {}
    for port in ports:
        if values.get(port.name) is None:
            continue
        places = (folder / f"{port.name}-{index}" for index in itertools.count())
        try:
            found[port.name] = tuple(
                _fetched(port, str(each), algorithm(), next(places))
                if algorithm and isinstance(each, str | Path)
                else handed(port, each, next(places))
                for each in _listed(port, values[port.name])
            )
        except PermanentError as error:
            raise PermanentError(error.code, f"Input `{port.name}`: {error.message}") from error
    return found


def _listed(port: InputPort, value: Any) -> list[Any]:
    if not port.many:
        return [value]
    if not isinstance(value, list | tuple):
        raise PermanentError("input_unsupported", f"it takes a list, and a {type(value).__name__} is given.")
    return list(cast("list[Any]", value))


def _unknown(algorithm: str, name: str, ports: Mapping[str, InputPort]) -> str:
    near = get_close_matches(name, ports, 1)
    if near:
        return f"{algorithm} has no input `{name}`; did you mean {near[0]}?"
    if not ports:
        return f"{algorithm} has no input `{name}`; it takes the image alone."
    return f"{algorithm} has no input `{name}`; its further inputs are {', '.join(ports)}."


def _fetched(port: InputPort, value: str, algorithm: Algorithm, place: Path) -> Fetched:
    if port.type in ("points", "boxes"):
        return Fetched("inline", content=read_places(port, value))
    if port.type == "transform":
        return handed(port, read_transform(Path(value)), place)
    source = locate(Path(value))
    if source.format == "dicom":
        if port.type == "image":
            check_scope("it", port.scopes or algorithm.scopes, source.scope)
        return Fetched("archive", source.paths)  # the child says that the PACS has images alone
    return handed(port, read(source, algorithm.needs), place)

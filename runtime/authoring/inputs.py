"""Further inputs of a trial: an author's files, and values in memory, as a worker's child gets them."""

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from algorithms.declaration import Algorithm
from algorithms.image import Image
from algorithms.ports.inputs import InputPort, inputs_of
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort
from algorithms.ports.transform import Transform
from runtime.authoring.source import locate, read
from runtime.contracts import inputs as contract
from runtime.contracts.palette import labels_of
from runtime.contracts.ports import Port
from runtime.errors import PermanentError
from runtime.worker.child.metaimage import encoded
from runtime.worker.child.ports.documents import transform_text
from runtime.worker.jobs.fetched import Fetched
from runtime.worker.jobs.scopes import check_scope

LONGEST: Final = 200  # characters of what pydantic says


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
        listed = values[port.name] if port.many else [values[port.name]]
        places = [folder / f"{port.name}-{index}" for index in range(len(listed))]
        found[port.name] = tuple(
            _fetched(port, str(each), algorithm(), place)
            if algorithm and isinstance(each, str | Path)
            else handed(port, each, place)
            for each, place in zip(listed, places, strict=True)
        )
    return found


def handed(port: InputPort, value: Any, place: Path) -> Fetched:
    """Return a value in memory as an output of an earlier job, written beside `place`."""
    said, content = Port(name=port.name, type=port.type), b""  # pyright: ignore[reportArgumentType] - of an input
    match value:
        case Labels():
            said = said.model_copy(update={"labels": labels_of(OutputPort(port.name, "labels"), value.names)})
            content = encoded(value)
        case Image():
            scale = {"Scale": "own"} if value.own_scale else {}
            content = encoded(value, scale | ({"Unit": value.unit} if value.unit else {}))
        case Transform():
            content = transform_text(value)
        case _:
            field = "positions" if port.type == "points" else "corners"
            each = "position" if port.type == "points" else "corners"
            rows = [{each: row} for row in getattr(value, field).tolist()]
            return Fetched("inline", content={port.type: rows})
    place.parent.mkdir(parents=True, exist_ok=True)
    paths = place.with_suffix(".value"), place.with_suffix(".json")
    paths[0].write_bytes(content)
    paths[1].write_text(said.model_dump_json())
    return Fetched("output", paths)


def _unknown(algorithm: str, name: str, ports: Mapping[str, InputPort]) -> str:
    near = get_close_matches(name, ports, 1)
    if near:
        return f"{algorithm} has no input `{name}`; did you mean {near[0]}?"
    if not ports:
        return f"{algorithm} has no input `{name}`; it takes the image alone."
    return f"{algorithm} has no input `{name}`; its further inputs are {', '.join(ports)}."


def _fetched(port: InputPort, value: str, algorithm: Algorithm, place: Path) -> Fetched:
    if port.type in ("points", "boxes"):
        return Fetched("inline", content=_places(port, value))
    if port.type == "transform":
        return handed(port, _transform(Path(value)), place)
    source = locate(Path(value))
    if source.format == "dicom":
        if port.type == "image":
            check_scope("it", port.scopes or algorithm.scopes, source.scope)
        return Fetched("archive", source.paths)  # the child says that the PACS has images alone
    return handed(port, read(source, algorithm.needs), place)


def _places(port: InputPort, value: str) -> dict[str, Any]:
    path = Path(value.removeprefix("@"))
    if not value.startswith("{") and not path.is_file():
        raise PermanentError("input_not_found", f"There is no {path}.")
    try:
        content = json.loads(value if value.startswith("{") else path.read_text(encoding="utf-8"))
        form = contract.PointsInput if port.type == "points" else contract.BoxesInput
        return form.model_validate(content).model_dump(mode="json")
    except ValidationError as error:
        fault = error.errors()[0]
        where = "/".join(map(str, fault["loc"]))
        said = f"{where}: {fault['msg']}"[:LONGEST]
        raise PermanentError("input_unsupported", f"it holds no {port.type}: {said}.") from error
    except ValueError as error:
        raise PermanentError("input_unreadable", f"{value[:LONGEST]} cannot be read as JSON: {error}.") from error


def _transform(path: Path) -> Transform:
    if not path.is_file():
        raise PermanentError("input_not_found", f"There is no {path}.")
    import SimpleITK as sitk

    kit: Any = sitk
    try:
        return Transform.of_simpleitk(kit.ReadTransform(str(path)))
    except (RuntimeError, ValueError) as error:
        reason = [line for line in str(error).strip().splitlines() if line.strip()][-1]
        raise PermanentError("input_unreadable", f"{path.name} is no linear transform: {reason}.") from error

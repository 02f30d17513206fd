"""Reads the further inputs of a job, checks each, and says what it found before the algorithm runs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from algorithms.declaration import Needs
from algorithms.image import Image
from algorithms.ports.inputs import InputPort
from algorithms.ports.labels import Labels
from algorithms.ports.places import Boxes, Points
from runtime.contracts.results.ports import Port, UsedInput
from runtime.errors import PermanentError
from runtime.worker.child.files.metaimage import decoded
from runtime.worker.child.ports.documents import read_transform
from runtime.worker.child.ports.geometry import difference, geometry_of
from runtime.worker.jobs.fetched import Fetched

IRREGULAR = "Irregularity"  # what `read_image` calls its sentence


def gather(
    ports: Sequence[InputPort], fetched: Mapping[str, Sequence[Fetched]], needs: Needs, image: Image
) -> tuple[dict[str, Any], list[UsedInput], list[str]]:
    """Return the arguments for the further inputs, what is worth knowing of each, and what is irregular of any.

    Raises PermanentError: `input_unsupported` for one that does not fit, and as `read_image` does.
    """
    known = {port.name: port for port in ports}
    if unknown := [name for name in fetched if name not in known]:
        raise _unsupported(unknown[0], "is none of the algorithm's inputs")
    arguments: dict[str, Any] = {}
    used: list[UsedInput] = []
    irregular: list[str] = []
    for name, port in known.items():
        values = [_read(port, each, needs) for each in fetched.get(name, ())]
        if not values and port.required:
            raise _unsupported(name, "is required, and the job names none")
        if len(values) > 1 and not port.many:
            raise _unsupported(name, f"takes one value, and the job names {len(values)}")
        used += [_described(port, value, image) for value in values]
        told = [each.source[IRREGULAR] for each in values if isinstance(each, Image) and IRREGULAR in each.source]
        irregular += [f"Input `{name}`: {each}" for each in told]
        if values:
            arguments[name] = values if port.many else values[0]
        elif not port.required:
            arguments[name] = None
    return arguments, used, irregular


def _read(port: InputPort, fetched: Fetched, needs: Needs) -> Any:
    if fetched.form == "archive":
        from runtime.dicom import read_image

        if port.type != "image":
            raise _unsupported(port.name, f"takes {port.type}, and the PACS has images alone")
        try:
            return read_image(fetched.paths, needs, fetched.volume)
        except PermanentError as error:
            raise PermanentError(error.code, f"Input `{port.name}`: {error.message}") from error
    if fetched.form == "inline":
        return _places(port, fetched.content or {})
    file, description = fetched.paths
    try:
        return _output(port, Port.model_validate_json(description.read_bytes(), extra="ignore"), file.read_bytes())
    except ValueError as error:
        raise _unsupported(port.name, f"cannot be read: {error}") from error


def _output(port: InputPort, said: Port, content: bytes) -> Any:
    """Return the value of an earlier job's output."""
    if port.type in ("points", "boxes"):
        return _places(port, json.loads(content))
    if port.type == "transform":
        return read_transform(content)
    image, _ = decoded(content)
    if port.type == "image":
        return image
    if image.pixels.dtype.kind not in "iu" or image.is_colour or int(image.pixels.min()) < 0:
        raise _unsupported(port.name, f"takes labels, and the values are of type {image.pixels.dtype}")
    return Labels.of(image, image.pixels, {each.label: each.name for each in said.labels})


def _places(port: InputPort, content: Mapping[str, Any]) -> Points | Boxes:
    if port.type not in content:
        raise _unsupported(port.name, f"takes {port.type}, and the job names {', '.join(content) or 'nothing'}")
    listed = content[port.type]
    names = tuple(str(each.get("name") or "") for each in listed)
    names = names if any(names) else ()
    if port.type == "points":
        return Points(np.array([each["position"] for each in listed], float).reshape(-1, 3), names)
    return Boxes(np.array([each["corners"] for each in listed], float).reshape(-1, 2, 3), names)


def _described(port: InputPort, value: Any, image: Image) -> UsedInput:
    if isinstance(value, Image):
        return UsedInput(
            name=port.name,
            type=port.type,  # pyright: ignore[reportArgumentType] - one of the types of inputs
            unit=value.unit[:64],
            geometry=geometry_of(value),
            unusual=tuple(_unusual(value, image)),
        )
    places: Any = getattr(value, "positions", getattr(value, "corners", None))
    count = None if places is None else len(places)
    return UsedInput(name=port.name, type=port.type, count=count)  # pyright: ignore[reportArgumentType] - as above


def _unusual(value: Image, image: Image) -> list[str]:
    said = [str(value.source[IRREGULAR])] if IRREGULAR in value.source else []
    frames = [each.source.get("FrameOfReferenceUID") for each in (value, image)]
    if all(frames) and frames[0] != frames[1]:
        said.append("Its frame of reference is not that of the image: equal positions are not the same place.")
    if (other := difference(value, image)) is not None:
        said.append(f"It does not lie on the grid of the image: it {other}.")
    return said


def _unsupported(name: str, what: str) -> PermanentError:
    return PermanentError("input_unsupported", f"Input `{name}` {what}.")

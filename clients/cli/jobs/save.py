"""Writes a job's outputs to their place, or prints where they are."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clients.cli.jobs.place import Target

if TYPE_CHECKING:  # `imaging try` calls nobody, and does without what calls
    from clients.cli.client import Client

Output = dict[str, Any]


def deliver(client: "Client", result: Mapping[str, Any], target: Target | None) -> None:
    """Print the measurements, then write the outputs and print their paths, or print their addresses."""
    for line in measured(result):
        click.echo(line)
    if target is None:
        for output in client.outputs(result):
            click.echo(output["url"])
        return
    for path in write(client, result, target):
        click.echo(click.format_filename(path))


def measured(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield each measurement as a line, with its unit."""
    units = {port["name"]: port["unit"] for port in result.get("ports", ())}
    for name, value in result["measurements"].items():
        yield f"{name} = {value} {units.get(name) or ''}".rstrip()


def write(client: "Client", result: Mapping[str, Any], target: Target) -> list[Path]:
    """Write what a result has for the place; return the paths. Raises ClickException if it has nothing for it."""
    return write_outputs(result, client.outputs(result), lambda output: client.download(output["url"]), target)


def write_outputs(
    result: Mapping[str, Any], outputs: list[Output], read: Callable[[Output], bytes], target: Target
) -> list[Path]:
    """Write those of `outputs` that belong into the place, each as `read` returns it; as `write` otherwise."""
    if target.suffix == ".csv" and not result["measurements"]:
        tables = [each for each in outputs if each["name"].endswith(".csv")]
        if not tables:
            raise click.ClickException(f"the job made neither measurements nor a table, so there is no {target.path}")
        files = {target.path: read(_first(tables, target))}
    elif target.suffix in (".csv", ".json"):
        files = {target.path: (_csv if target.suffix == ".csv" else _json)(result)}
    elif target.suffix:
        files = {target.path: _converted(read(_one(outputs, target)), target.suffix)}
    else:
        files = {target.path / each["name"]: read(each) for each in outputs}
    for path, content in files.items():
        _write(path, content)
    return list(files)


def _write(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; raise ClickException if that is not possible."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error


def _one(outputs: list[dict[str, Any]], target: Target) -> dict[str, Any]:
    """Return the output that one file holds: the values, or the picture of the only plane, or that of all planes.

    If there are several such outputs, it is the first, and the others are told.
    """
    previews = [output for output in outputs if output["kind"] == "preview"]
    volume = target.suffix in (".mha", ".nii.gz")
    kind = "values" if volume else "preview" if len(previews) == 1 else "mosaic"
    found = [output for output in outputs if output["kind"] == kind]
    if not found:
        raise click.ClickException(f"the job made no {'image' if volume else 'picture'}, so there is no {target.path}")
    return _first(found, target)


def _first(found: list[dict[str, Any]], target: Target) -> dict[str, Any]:
    if others := [each["name"] for each in found[1:]]:
        said = f"{target.path.name} holds {found[0]['name']} alone; a folder holds {', '.join(others)}, too"
        click.echo(said, err=True)
    return found[0]


def _csv(result: Mapping[str, Any]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("measurement", "value"))
    rows.writerows(result["measurements"].items())
    return text.getvalue().encode()


def _json(result: Mapping[str, Any]) -> bytes:
    # A signed address is a key to the file for whoever reads it, and soon expires.
    outputs = [{name: value for name, value in each.items() if name != "url"} for each in result["outputs"]]
    return (json.dumps({**result, "outputs": outputs}, indent=2) + "\n").encode()


def _converted(content: bytes, suffix: str) -> bytes:
    if suffix == ".jpg":
        import cv2
        import numpy as np

        picture: Any = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 95])[1].tobytes()
    if suffix == ".nii.gz":
        from runtime.worker.child.files import metaimage, nifti

        try:
            return nifti.encoded(metaimage.decoded(content)[0])
        except (TypeError, ValueError) as error:
            raise click.ClickException(f"there is no .nii.gz of this result: {error}") from error
    return content

"""The gallery's Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.gallery.entries import Entry
from imaging import Image, Result


@dataclass(frozen=True)
class Shown:
    """One algorithm as it was run.

    Parameters
    ----------
    entry : what was asked for.
    summary : the declaration's.
    parameters : all of them, with the defaults.
    result : what came of it.
    seconds : median of three runs on the whole series.
    """

    entry: Entry
    summary: str
    parameters: Mapping[str, Any]
    result: Result
    seconds: float


def page(shown: Sequence[Shown], source: Image) -> str:
    """Return the page."""
    planes, rows, columns = source.pixels.shape
    spacing = " x ".join(f"{each:.3g}" for each in source.spacing)
    return "\n".join(
        [
            "# Gallery",
            "",
            "`make gallery` writes this page from the sample series: "
            f"{planes} planes of {rows} x {columns} pixels, MR of a head, {spacing} mm. Each algorithm computes the "
            "whole series; the seconds are the median of three runs, on a machine of two CPUs that had other work, and "
            "say no more than which are quick. Pictures show the middle plane, rendered as a worker renders previews: "
            "its middle at full size, or the whole of it at half size.",
            "",
            "`gaussian`, `median` and `curvature_flow` are built in, the others are "
            "[the collection](../collection/README.md).",
            "",
            *(line for each in shown for line in _section(each)),
        ]
    )


def _section(shown: Shown) -> list[str]:
    entry, result = shown.entry, shown.result
    lines = [f"## {entry.name}", "", shown.summary, ""]
    if result.image is not None:
        lines += [
            "| image | result |",
            "|---|---|",
            f"| ![Image](images/gallery/source-{entry.view}.png) | ![Result](images/gallery/{entry.name}.png) |",
            "",
        ]
    values = ", ".join(f"`{name}` {_text(value)}" for name, value in shown.parameters.items()) or "none"
    lines += [f"- Parameters: {values}"]
    if result.image is not None:
        lines += [f"- Result: {_described(result.image)}"]
    if result.measurements:
        measured = ", ".join(f"`{name}` {_text(value)}" for name, value in result.measurements.items())
        lines += [f"- Measurements: {measured}"]
    if result.missing:
        lines += [f"- Missing: {' '.join(result.missing)}"]
    return [*lines, f"- Seconds: {shown.seconds:.2g}", ""]


def _described(image: Image) -> str:
    shape = " x ".join(str(each) for each in image.pixels.shape)
    scale = f"map{f' in {image.unit}' if image.unit else ''}" if image.own_scale else "image"
    return f"{scale}, {image.pixels.dtype}, {shape}, values {_text(image.pixels.min())} to {_text(image.pixels.max())}"


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return str(value)
    return f"{value:.4g}" if float(value) != int(value) else f"{int(value)}"

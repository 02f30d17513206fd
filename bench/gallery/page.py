"""The gallery's Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bench.gallery.entries import Entry, Second
from imaging import Image, Result

MADE: Final[Mapping[Second, str]] = {
    "turned": "the series, turned and shifted",
    "bent": "the series, bent",
    "objects": "the objects that `watershed_split` finds",
}


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
            "its middle at full size, or the whole of it at half size. Further inputs are made of the series: turned "
            "by 5 degrees and shifted by 6 mm, bent by up to some 10 mm, or the objects that `watershed_split` finds.",
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
        further = [(name, kind) for name, kind in entry.inputs.items() if kind != "objects"]
        shown_inputs = "".join(f" ![Input](images/gallery/{kind}-{entry.view}.png) |" for _, kind in further)
        lines += [
            f"| image |{''.join(f' `{name}` |' for name, _ in further)} result |",
            "|---|" + "---|" * (len(further) + 1),
            f"| ![Image](images/gallery/source-{entry.view}.png) |{shown_inputs} "
            f"![Result](images/gallery/{entry.name}.png) |",
            "",
        ]
    values = ", ".join(f"`{name}` {_text(value)}" for name, value in shown.parameters.items()) or "none"
    lines += [f"- Parameters: {values}"]
    if entry.inputs:
        lines += [f"- Inputs: {', '.join(f'`{name}`: {MADE[kind]}' for name, kind in entry.inputs.items())}"]
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

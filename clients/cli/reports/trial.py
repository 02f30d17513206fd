"""What `imaging try` says of what an algorithm returned, and of its further inputs."""

from collections.abc import Iterator
from typing import Final

from algorithms.image import Image
from algorithms.ports.labels import Labels
from runtime.authoring.observation.observed import described
from runtime.contracts.results.display import Display, DisplayWindow
from runtime.contracts.results.ports import Port
from runtime.worker.child.messages import Done

MOST_LABELS: Final = 12  # that are named on one line


def unusual(reply: Done) -> Iterator[str]:
    """Yield what is unusual of each further input."""
    for used in reply.used:
        for sentence in used.unusual:
            yield f"{used.name}: {sentence}"


def lines(reply: Done, returned: object) -> Iterator[str]:
    """Yield a line for each image, declared output and measurement."""
    image = getattr(returned, "image", returned)
    if not reply.ports and isinstance(image, Image):
        yield f"returned   {_shown(image, reply.display)}"
    for port in reply.ports:
        if port.type != "quantity":
            yield f"returned   {port.name}: {_said(port, getattr(returned, port.name, returned))}"
    units = {port.name: port.unit for port in reply.ports}
    for name, value in reply.measurements.items():
        yield f"{name} = {value} {units.get(name, '')}".rstrip()


def _said(port: Port, value: object) -> str:
    if isinstance(value, Labels):
        named = [f"{each.label} {each.name}" for each in port.labels[:MOST_LABELS]]
        return f"{port.type}, {described(value)}, {', '.join(named)}{', ...' if port.labels[MOST_LABELS:] else ''}"
    if isinstance(value, Image):
        return f"{port.type}, {_shown(value, port.display)}"
    if port.count is None:
        return port.type
    return f"{port.type}, {port.count} {'row(s)' if port.type == 'table' else 'place(s)'}"


def _shown(image: Image, display: Display | None) -> str:
    values = f"{described(image)}, {_range(image)}"
    if display is None or display.window is None:
        return values
    low, high = _ends(display.window)
    return f"{values}, shown from {low:.4g} to {high:.4g}"


def _range(image: Image) -> str:
    """Return the ends of the values that are finite, and how many are not."""
    pixels = image.pixels
    if pixels.dtype.kind != "f":
        return f"values {pixels.min():.4g} to {pixels.max():.4g}"
    import numpy as np

    finite = np.isfinite(pixels)
    low, high = (end(pixels, where=finite, initial=first) for end, first in ((np.min, np.inf), (np.max, -np.inf)))
    others = pixels.size - np.count_nonzero(finite)
    return f"values {low:.4g} to {high:.4g}" + (f", {others} not finite (NaN or infinite)" if others else "")


def _ends(window: DisplayWindow) -> tuple[float, float]:
    """Return the values that are shown black and white, by the function that the window is for."""
    centre, width = window.centre, window.width
    if width >= 1:  # LINEAR, PS3.3 C.11.2.1.2.1
        centre, width = centre - 0.5, width - 1
    return centre - width / 2, centre + width / 2

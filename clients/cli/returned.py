"""What `imaging try` says of what an algorithm returned, and of its further inputs."""

from collections.abc import Iterator

from algorithms.image import Image
from runtime.authoring.observed import described
from runtime.contracts.display import Display
from runtime.contracts.ports import Port
from runtime.worker.child.messages import Done


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
    if isinstance(value, Image):
        return f"{port.type}, {_shown(value, port.display)}"
    if port.count is None:
        return port.type
    return f"{port.type}, {port.count} {'row(s)' if port.type == 'table' else 'place(s)'}"


def _shown(image: Image, display: Display | None) -> str:
    values = f"{described(image)}, values {image.pixels.min():.4g} to {image.pixels.max():.4g}"
    if display is None or display.window is None:
        return values
    centre, half = display.window.centre, display.window.width / 2
    return f"{values}, shown from {centre - half:.4g} to {centre + half:.4g}"

"""What an algorithm returned, in a few words."""

from typing import Any

import numpy as np

from algorithms.image import Image
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from runtime.authoring.observed import described


def in_words(value: Any) -> str:
    """Return a declared output in words, with its size and its unit."""
    match value:
        case Image(pixels):
            return f"{described(value)}, values {pixels.min():.4g} to {pixels.max():.4g}"
        case Quantity(number, unit):
            return f"{number:.4g} {unit}".rstrip()
        case Points(positions):
            return f"{np.size(positions) // 3} points"
        case Boxes(corners):
            return f"{np.size(corners) // 6} boxes"
        case Transform(_, translation):
            return f"a translation of {', '.join(f'{each:.4g}' for each in translation)} mm, and a matrix"
        case Table(columns):
            return f"a table of {', '.join(columns)}"
        case File(content, suffix):
            return f"{len(content)} bytes of {suffix}"
        case _:
            return type(value).__name__

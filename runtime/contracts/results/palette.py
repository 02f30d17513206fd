"""The colours of labels: those that are declared, and others that are far from each other."""

import colorsys
from collections.abc import Mapping
from typing import Final

from algorithms.ports.outputs import OutputPort
from runtime.contracts.results.ports import Code, Label

GOLDEN: Final = 0.618033988749895  # of the circle of hues: each next one is far from all before


def labels_of(port: OutputPort, names: Mapping[int, str]) -> tuple[Label, ...]:
    """Return what is known of the labels that `names` has, in the order of their numbers."""
    return tuple(
        Label(
            label=number,
            name=names[number],
            colour=port.colours.get(number) or colour(number),
            code=Code(value=code[0], scheme=code[1], meaning=code[2]) if (code := port.codes.get(number)) else None,
        )
        for number in sorted(names)
    )


def colour(label: int) -> str:
    """Return the colour of a label that has none of its own, such as "#e6550d"; the same each time."""
    # Hues go round; lightness and saturation change with every third, so that near hues differ as well.
    lightness, saturation = ((0.55, 0.85), (0.68, 0.75), (0.42, 0.8))[label % 3]
    parts = colorsys.hls_to_rgb((label - 1) * GOLDEN % 1.0, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)

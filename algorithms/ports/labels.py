"""Labels: which structure each pixel belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from algorithms.image import OF_VALUES, Image, LinearTransform

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Labels(Image):
    """An image of whole numbers, each of which stands for a structure; 0 is the background.

    Parameters
    ----------
    names : what each number stands for. Empty if the declaration of the output says it.
    """

    names: Mapping[int, str] = field(default_factory=dict[int, str])
    own_scale: bool = True

    @classmethod
    def of(cls, image: Image, values: ArrayLike, names: Mapping[int, str] | None = None) -> Labels:
        """Return labels at the place of `image`, in the smallest unsigned type that holds them.

        Raises ValueError if planes, rows or columns differ, or if a value is no whole number of at least 0.
        """
        from algorithms.values import labelled

        source = {name: value for name, value in image.source.items() if name not in OF_VALUES}
        return cls(
            pixels=labelled(values, image.pixels),
            spacing=image.spacing,
            modality=image.modality,
            origin=image.origin,
            direction=image.direction,
            source=source,
            names=dict(names or {}),
        )

    def on_grid_of(self, fixed: Image, *, through: LinearTransform | None = None, fill: float | None = None) -> Labels:
        """Return the labels at the pixels of `fixed`, each that of the nearest pixel; `fill`, by default 0, outside."""
        from algorithms.simpleitk import resampled

        pixels = resampled(self, fixed, through, nearest=True, fill=0 if fill is None else fill)
        return replace(self, pixels=pixels, spacing=fixed.spacing, origin=fixed.origin, direction=fixed.direction)

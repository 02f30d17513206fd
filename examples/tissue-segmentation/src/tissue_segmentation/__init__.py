"""Segments the tissue of a head in MR by a small model that comes with the package."""

import functools
import json
from dataclasses import dataclass
from typing import Annotated, Any

from imaging import Algorithm, Image, Labels, Output, Points, Quantity, UnsupportedInput, Weights, hookimpl

NAMES = {1: "dark tissue", 2: "soft tissue", 3: "fat"}
SHA256 = "317ad92950f32e52a2d7a7d53cebf311af2ceb1f9f981e48faf2fc579efbba4d"
MODEL = Weights("tissue_segmentation", "tissue.json", sha256=SHA256, licence="CC0-1.0", source="train.py, drawn heads")


@dataclass(frozen=True)
class Tissue:
    tissue: Annotated[Labels, Output("what each place is", names=NAMES)]
    dark: Annotated[Quantity, Output("volume of dark tissue: bone, fluid", unit="ml")]
    soft: Annotated[Quantity, Output("volume of soft tissue", unit="ml")]
    fat: Annotated[Quantity, Output("volume of fat", unit="ml")]
    centres: Annotated[Points | None, Output("centre of each tissue that is found")]


@functools.cache
def load_model() -> Any:
    """Return a row of weights for each class, a column for each feature."""
    import numpy as np

    return np.array(json.loads(MODEL.read())["weights"], np.float32)


def features(pixels: Any) -> Any:
    """Return, of shape (P, M, N, 5), the value as a fraction of the brightest, that of its surroundings, and one."""
    import numpy as np
    from scipy.ndimage import gaussian_filter

    low, high = np.percentile(pixels.astype(np.float32), [1, 99])
    values = np.clip((pixels.astype(np.float32) - low) / ((high - low) or 1), 0, 1)
    smooth = gaussian_filter(values, (0, 1.5, 1.5))
    return np.stack([values, values**2, smooth, smooth**2, np.ones_like(values)], axis=-1)


def segment(image: Image) -> Tissue:
    """Find the likeliest tissue of each place. Raises UnsupportedInput for colour and values that are not finite."""
    import numpy as np

    if image.is_colour or not np.isfinite(image.pixels).all():
        raise UnsupportedInput("tissue_segmentation takes images of one channel whose values are all finite.")
    classes = (features(image.pixels) @ load_model().T).argmax(axis=-1)
    millilitres = float(np.prod(image.spacing)) / 1000
    volumes = [Quantity(float(np.count_nonzero(classes == each)) * millilitres) for each in NAMES]
    middles = {NAMES[each]: np.argwhere(classes == each).mean(axis=0) for each in NAMES if (classes == each).any()}
    centres = Points.of_indices(image, list(middles.values()), tuple(middles)) if middles else None
    return Tissue(Labels.of(image, classes), *volumes, centres=centres)


@hookimpl
def register_algorithms() -> Algorithm:
    summary = "Finds dark tissue, soft tissue and fat in MR of a head by a small model."
    return Algorithm("tissue_segmentation", summary, segment, ("series",), prepare=load_model, weights=(MODEL,))

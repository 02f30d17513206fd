"""What the tests of a plugin import: images of a few values, and an algorithm computed as a worker computes it.

It needs what reads DICOM beside the base package: `imaging-services[dicom]`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from algorithms.image import Image
from runtime.authoring.trials.outcome import Outcome, run_like_a_worker

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Outcome", "image_from", "run_like_a_worker"]


def image_from(
    values: "ArrayLike | str | Path",
    *,
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0),
    modality: str = "OT",
    unit: str = "",
    dtype: Any = None,
) -> Image:
    """Return an image of values, or of a file as the worker would read it.

    Parameters
    ----------
    values : rows and columns, or planes, rows and columns (and red, green and blue); or the path of a DICOM file or
        folder, a volume (`.nii.gz`, `.mha`) or a picture (`.png`), which says all else itself.
    spacing : distance between planes, rows and columns, in mm.
    modality : DICOM modality, such as "CT" or "MR".
    unit : unit of the values, "HU" for CT.
    dtype : type of the values, by default that which they have.

    Raises
    ------
    ValueError : if the values have neither two, three nor four axes.
    PermanentError : if a file cannot be read, with the code and the sentence of the job that would meet it.
    """
    import numpy as np

    if isinstance(values, str | Path):
        from runtime.authoring.inputs.source import locate, read

        return read(locate(Path(values)), "regular")
    pixels = np.asarray(values, dtype)
    pixels = pixels[None] if pixels.ndim == 2 else pixels
    if pixels.ndim not in (3, 4):
        raise ValueError(f"values of shape {pixels.shape}; rows and columns, or planes, rows and columns are asked")
    return Image(pixels, spacing, modality, unit)

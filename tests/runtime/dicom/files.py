"""DICOM files to read: pydicom's own test files, and variants written from one of them."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pydicom.data
from numpy.typing import NDArray

FILES = Path(pydicom.data.__file__).parent / "test_files"
Write = Callable[..., Path]


def writer(folder: Path) -> Write:
    """Return what writes variants of MR_small.dcm into a folder."""
    base: Any = pydicom.dcmread(FILES / "MR_small.dcm")
    made: list[Path] = []

    def make(pixels: NDArray[Any] | None = None, **attributes: Any) -> Path:
        dataset = deepcopy(base)
        if pixels is not None:
            dataset.Rows, dataset.Columns = pixels.shape[-2:]
            dataset.BitsAllocated = dataset.BitsStored = 8 * pixels.dtype.itemsize
            dataset.HighBit = dataset.BitsStored - 1
            dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
            dataset.PixelData = np.ascontiguousarray(pixels).tobytes()
            dataset.pop("SmallestImagePixelValue", None)
            dataset.pop("LargestImagePixelValue", None)
            dataset.pop("PixelPaddingValue", None)
        for keyword, value in attributes.items():
            if value is None:
                dataset.pop(keyword, None)
            elif keyword == "PixelPaddingValue":  # its VR follows the pixels' signedness
                dataset.add_new(keyword, "SS" if value < 0 else "US", value)
            else:
                setattr(dataset, keyword, value)
        dataset.SOPInstanceUID = f"2.25.{len(made) + 1}"
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
        made.append(folder / f"{len(made):03d}.dcm")
        dataset.save_as(made[-1], enforce_file_format=True)
        return made[-1]

    return make


def liver() -> Any:
    """Return pydicom's segmentation of a liver, with the functional groups of the one frame that it still has."""
    dataset: Any = pydicom.dcmread(FILES / "liver_1frame.dcm")
    dataset.PerFrameFunctionalGroupsSequence = dataset.PerFrameFunctionalGroupsSequence[:1]
    return dataset

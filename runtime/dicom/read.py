"""DICOM files to the Image that an algorithm takes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from algorithms.image import Image
from runtime.dicom import stack
from runtime.dicom.decode import Array, decode, has_pixels, load, syntax
from runtime.dicom.planes import Plane, describe
from runtime.dicom.rescale import modality_lut, rescale
from runtime.errors import PermanentError


def read_image(paths: Sequence[Path]) -> Image:
    """Read the files of an image, a series or a study as one stack of planes.

    Planes are ordered along their normal (by InstanceNumber where a file has no position). Files without pixels
    (reports, presentation states) are passed over. Planes that differ in size, orientation or pixel spacing, and
    several planes at one of many positions, are refused rather than cut to what fits: this holds for a study too,
    whose series must continue one another. Padding keeps its value. MONOCHROME1 keeps its values as well;
    `source["PhotometricInterpretation"]` tells.

    Raises PermanentError: `input_unreadable` naming the transfer syntax, `input_unsupported`.
    """
    datasets = [load(path) for path in paths]
    pictured = [dataset for dataset in datasets if has_pixels(dataset)]
    if not pictured:
        raise PermanentError("input_unreadable", "The input holds no image, only DICOM objects without pixels.")
    planes: list[Plane] = []
    arrays: list[Array] = []
    owners: list[Any] = []
    described = [describe(dataset) for dataset in pictured]
    stack.check([plane for some in described for plane in some])  # before the costly decoding
    for dataset, some in zip(pictured, described, strict=True):
        values = decode(dataset)
        if len(values) != len(some):
            raise PermanentError(
                "input_unreadable",
                f"The file holds {len(values)} frames where its header says {len(some)} ({syntax(dataset)}).",
            )
        planes.extend(some)
        arrays.extend(values if values.ndim == 4 else modality_lut(values, dataset))
        owners.extend([dataset] * len(some))
    if len({array.ndim for array in arrays}) > 1:
        raise PermanentError("input_unsupported", "Some planes are in colour and some not; send images one by one.")
    if arrays[0].ndim == 2:
        arrays = rescale(arrays, planes)
    places = stack.order(planes)
    planes, owners = [planes[i] for i in places], [owners[i] for i in places]
    first = planes[0]
    modality = str(owners[0].get("Modality") or "OT")
    return Image(
        pixels=np.stack([arrays[i] for i in places]),
        spacing=(stack.plane_spacing(planes), *first.pixel_spacing),
        modality=modality,
        unit=unit(owners[0]),
        origin=_vector(first.position),
        direction=stack.direction(first),
        source=_source(owners, planes, colour=arrays[0].ndim == 3),
    )


def unit(dataset: Any) -> str:
    """Return "HU" for a CT image that is in Hounsfield units, otherwise ""."""
    rescaled = "RescaleIntercept" in dataset or "SharedFunctionalGroupsSequence" in dataset
    kind = str(dataset.get("RescaleType") or "HU")
    return "HU" if dataset.get("Modality") == "CT" and rescaled and kind == "HU" else ""


def _vector(position: tuple[float, ...] | None) -> tuple[float, float, float]:
    return (position[0], position[1], position[2]) if position else (0.0, 0.0, 0.0)


def _source(owners: Sequence[Any], planes: Sequence[Plane], *, colour: bool) -> dict[str, Any]:
    middle = planes[len(planes) // 2]  # its window suits the stack better than that of an outermost plane
    window = middle.voi.window
    dataset = owners[0]
    keywords = ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SOPClassUID")
    padding = dataset.get("PixelPaddingValue")
    # As the pixels are now: whatever the file's colour space was, they are RGB.
    photometric = "RGB" if colour else str(dataset.get("PhotometricInterpretation") or "MONOCHROME2")
    return {
        **{keyword: str(dataset[keyword].value) for keyword in keywords if dataset.get(keyword)},
        "SOPInstanceUIDs": tuple(dict.fromkeys(str(owner.get("SOPInstanceUID", "")) for owner in owners)),
        "PhotometricInterpretation": photometric,
        "WindowCenter": window[0] if window else None,
        "WindowWidth": window[1] if window else None,
        "VOILUTFunction": middle.voi.function if middle.voi.windows else "LINEAR",
        "PixelPaddingValue": int(padding) if isinstance(padding, int) else None,
    }

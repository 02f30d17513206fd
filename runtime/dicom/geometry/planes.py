"""What a DICOM header says about each of its frames: classic files, multi-frame files and enhanced ones."""

from collections.abc import Sequence
from typing import Any, Final

from runtime.dicom.geometry.distinction import Distinction, distinctions
from runtime.dicom.geometry.increment import is_series_of_times
from runtime.dicom.geometry.levels import find, levels_of
from runtime.dicom.geometry.placement import Placement, by_detector, by_dose_grid, placement
from runtime.dicom.geometry.plane import Plane
from runtime.dicom.geometry.spacing import pixel_spacing, plane_spacing
from runtime.dicom.geometry.tiles import by_tile
from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.parse.numbers import is_stated, number, whole
from runtime.dicom.pixels.layout import Layout, layout
from runtime.dicom.show.voi import read_voi
from runtime.dicom.tables.context import first_item, voi_context

TRANSFORMATION: Final = ("PixelValueTransformationSequence",)
FRAME_TYPES: Final = tuple(f"{each}FrameTypeSequence" for each in ("CTImage", "MRImage", "PET", "XRay3D"))


def describe(dataset: Any) -> list[Plane]:
    """Return one Plane for each frame of a data set. Raises PermanentError."""
    form = layout(dataset)
    with reading("The file's header"):
        placed = by_dose_grid(dataset, form.frames) or by_detector(dataset, form.frames) or by_tile(dataset, form)
        distinct = distinctions(dataset, form.frames)
        return [
            _plane(levels, dataset, form, placed[index] if placed else None, distinct[index])
            for index, levels in enumerate(levels_of(dataset, form.frames))
        ]


def _plane(levels: Sequence[Any], dataset: Any, form: Layout, placed: Placement | None, distinct: Distinction) -> Plane:
    position, orientation = placed or placement(levels, single=form.frames == 1)
    spacing, meaning = pixel_spacing(levels)
    table = first_item(dataset.get("ModalityLUTSequence"))
    stated = _stated_slope(levels, dataset)
    slope, intercept = (1.0, 0.0) if table is not None else _rescale(stated, levels)
    unit = "" if form.is_colour else _unit(levels, dataset, table)
    return Plane(
        rows=form.rows,
        columns=form.columns,
        position=position,
        orientation=orientation,
        pixel_spacing=spacing,
        meaning=meaning,
        plane_spacing=None if form.frames > 1 and is_series_of_times(dataset) else plane_spacing(levels),
        slope=slope,
        intercept=intercept,
        unit=unit,
        voi=read_voi(levels, voi_context(dataset, slope, intercept, looked_up=table is not None)),
        number=whole(dataset.get("InstanceNumber")),
        instance=str(dataset.get("SOPInstanceUID") or ""),
        frame_of_reference=str(dataset.get("FrameOfReferenceUID") or ""),
        distinction=distinct,
        scale="none" if table is None and stated is None else "slope" if table is None else "table",
        is_monochrome=form.supplemental and find(levels, FRAME_TYPES, "PixelPresentation") == "MONOCHROME",
        kind=f"colours of {8 if form.samples == 1 else form.stored} bits" if form.is_colour else form.photometric,
        measured=_measured(levels, dataset, table, unit),
    )


def _stated_slope(levels: Sequence[Any], dataset: Any) -> Any | None:
    stated = find(levels, TRANSFORMATION, "RescaleSlope")
    stated = stated if is_stated(stated) else dataset.get("DoseGridScaling")
    return stated if is_stated(stated) else None


def _rescale(stated: Any | None, levels: Sequence[Any]) -> tuple[float, float]:
    slope = _finite(stated, "slope", 1.0)
    if slope == 0:
        raise unreadable("The file's rescale slope is 0, which makes every value the same.")
    return slope, _finite(find(levels, TRANSFORMATION, "RescaleIntercept"), "intercept", 0.0)


def _finite(stated: Any, named: str, default: float) -> float:
    if not is_stated(stated):
        return default
    value = number(stated)
    if value is None:  # values on an unknown scale would pass for measured ones
        raise unreadable(f"The file's rescale {named} is not a number.")
    return value


def _measured(levels: Sequence[Any], dataset: Any, table: Any, unit: str) -> str:
    """Return the modality with RescaleType, ModalityLUTType, PET's Units (PS3.3 C.8.9.1) or DoseUnits (C.8.8.3)."""
    typed = find(levels, TRANSFORMATION, "RescaleType") if table is None else table.get("ModalityLUTType")
    named = unit or str(typed or "").strip()
    # US stands for unspecified (C.11.1.1.2): saying so is saying nothing.
    stated = (dataset.get("Modality"), "" if named == "US" else named, dataset.get("Units"), dataset.get("DoseUnits"))
    return " ".join(str(each).strip() for each in stated if is_stated(each))


def _unit(levels: Sequence[Any], dataset: Any, table: Any) -> str:
    """Return "HU" if the values are in Hounsfield units, as the frame itself says."""
    if table is not None:
        return "HU" if str(table.get("ModalityLUTType") or "") == "HU" else ""
    used = all(is_stated(find(levels, TRANSFORMATION, f"Rescale{part}")) for part in ("Slope", "Intercept"))
    grouped = any(level.get(TRANSFORMATION[0]) for level in levels)
    # A classic CT image is in HU unless it says otherwise, which one of several energies must (PS3.3 C.8.2.1.1.2); an
    # enhanced one says what it is.
    is_silent = grouped or str(dataset.get("MultienergyCTAcquisition") or "") == "YES"
    kind = str(find(levels, TRANSFORMATION, "RescaleType") or ("" if is_silent else "HU")).strip()
    return "HU" if dataset.get("Modality") == "CT" and used and kind == "HU" else ""

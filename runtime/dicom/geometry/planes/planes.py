"""What a DICOM header says about each of its frames: classic files, multi-frame files and enhanced ones."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from runtime.dicom.geometry.planes.increment import is_series_of_times, locations, slice_numbers
from runtime.dicom.geometry.planes.levels import SCALE, check_together, find, levels_of
from runtime.dicom.geometry.planes.placement import Placement, by_detector, by_dose_grid, placement
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.spacing import pixel_spacing, plane_spacing
from runtime.dicom.geometry.planes.tiles import by_tile
from runtime.dicom.geometry.series.distinction import Distinction, distinctions
from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.parse.numbers import LENGTH_MOST, is_stated, number, whole
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.read_layout import layout
from runtime.dicom.show.known_range import known_range
from runtime.dicom.show.real_world import real_world_values
from runtime.dicom.show.voi import read_voi
from runtime.dicom.tables.context import voi_context
from runtime.dicom.tables.modality import modality_item

CT_IMAGE: Final = "1.2.840.10008.5.1.4.1.1.2"
DOSE: Final = "1.2.840.10008.5.1.4.1.1.481.2"
TRANSFORMATION: Final = (SCALE,)
FRAME_TYPES: Final = tuple(f"{each}FrameTypeSequence" for each in ("CTImage", "MRImage", "PET", "XRay3D"))


def describe(dataset: Any) -> list[Plane]:
    """Return one Plane for each frame of a data set. Raises PermanentError."""
    form = layout(dataset)
    with reading("The file's header"):
        placed = by_dose_grid(dataset, form.frames) or by_detector(dataset, form.frames) or by_tile(dataset, form)
        distinct, located = distinctions(dataset, form.frames), locations(dataset, form.frames)
        slices = slice_numbers(dataset, form.frames)
        return [
            replace(
                _plane(levels, dataset, form, placed[index] if placed else None, distinct[index]),
                location=located[index],
                slice_number=slices[index],
            )
            for index, levels in enumerate(levels_of(dataset, form.frames))
        ]


def _plane(levels: Sequence[Any], dataset: Any, form: Layout, placed: Placement | None, distinct: Distinction) -> Plane:
    position, orientation = placed or placement(levels, single=form.frames == 1)
    position = position if position is not None and all(abs(each) <= LENGTH_MOST for each in position) else None
    own = levels if form.frames == 1 else levels[:-1]
    spacing, meaning = pixel_spacing(levels, placed=position is not None and orientation is not None)
    table = modality_item(dataset)
    check_together(levels, TRANSFORMATION, ("RescaleSlope", "RescaleIntercept", "RescaleType"))
    offset = find(levels, TRANSFORMATION, "RescaleIntercept")
    stated = _stated_slope(levels, dataset, offset)
    slope, intercept = _rescale(stated, offset)
    if table is not None and (slope, intercept) != (1, 0):  # PS3.3 C.11.1: a file has one of the two
        raise unreadable("The file has both a modality lookup table and a rescale, which contradict each other.")
    if table is not None and form.floating:  # C.7.6.24: they are no numbers of entries
        raise unreadable("The file has a modality lookup table for floating-point values.")
    voi = read_voi(levels, voi_context(dataset, slope, intercept, looked_up=table is not None))
    if voi.window is None and table is None and (slope, intercept) == (1, 0):
        window = known_range(dataset, form)
        voi = voi if window is None else replace(voi, windows=(window,))
    unit = "" if form.is_colour else _unit(levels, dataset, table)
    return Plane(
        rows=form.rows,
        columns=form.columns,
        position=position,
        is_misplaced=position is None and is_stated(find(own, ("PlanePositionSequence",), "ImagePositionPatient")),
        orientation=orientation,
        pixel_spacing=spacing,
        meaning=meaning,
        plane_spacing=None if form.frames > 1 and is_series_of_times(dataset) else plane_spacing(levels),
        slope=slope,
        intercept=intercept,
        unit=unit,
        voi=voi,
        number=whole(dataset.get("InstanceNumber")),
        instance=text(dataset.get("SOPInstanceUID")),
        frame_of_reference=text(dataset.get("FrameOfReferenceUID")),
        distinction=distinct,
        scale="table" if table is not None else "slope" if is_stated(stated) else "intercept" if intercept else "none",
        is_monochrome=form.supplemental and text(find(levels, FRAME_TYPES, "PixelPresentation")) == "MONOCHROME",
        kind=f"colours of {8 if form.samples == 1 else form.stored} bits" if form.is_colour else form.photometric,
        measured=_measured(levels, dataset, table, unit),
        real_world_values=() if form.is_colour else real_world_values(levels),
    )


def _stated_slope(levels: Sequence[Any], dataset: Any, offset: Any) -> Any:
    """Return RescaleSlope or, of a dose, DoseGridScaling, by which its pixels are multiplied (PS3.3 C.8.8.3)."""
    slope, dose = find(levels, TRANSFORMATION, "RescaleSlope"), dataset.get("DoseGridScaling")
    if not is_stated(dose):
        is_dose = text(dataset.get("SOPClassUID")) == DOSE or text(dataset.get("Modality")) == "RTDOSE"
        if is_dose:  # C.8.8.3: required with pixels
            raise unreadable("The dose has no DoseGridScaling: what its values stand for is not known.")
        return slope
    other_slope = is_stated(slope) and number(slope) not in (1, number(dose))
    if other_slope or (is_stated(offset) and number(offset)):
        raise unreadable("The file has both a DoseGridScaling and another rescale, which contradict each other.")
    return dose


def _rescale(stated: Any, offset: Any) -> tuple[float, float]:
    slope = _finite(stated, "slope", 1.0)
    if slope == 0:
        raise unreadable("The file's rescale slope is 0, which makes every value the same.")
    return slope, _finite(offset, "intercept", 0.0)


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
    named = unit or text(typed)
    # US stands for unspecified (C.11.1.1.2): saying so is saying nothing.
    stated = (dataset.get("Modality"), "" if named == "US" else named, dataset.get("Units"), dataset.get("DoseUnits"))
    return " ".join(text(each) for each in stated if is_stated(each))


def _unit(levels: Sequence[Any], dataset: Any, table: Any) -> str:
    """Return "HU" if the values are in Hounsfield units, as the frame itself says."""
    if table is not None:
        return "HU" if text(table.get("ModalityLUTType")) == "HU" else ""
    used = all(is_stated(find(levels, TRANSFORMATION, f"Rescale{part}")) for part in ("Slope", "Intercept"))
    # A CT Image is in HU unless it says otherwise, which one of several energies must, and a localizer need not (PS3.3
    # C.8.2.1). All others say what they are, an enhanced image and a secondary capture too (C.11.1: RescaleType is
    # required).
    several = text(dataset.get("MultienergyCTAcquisition")) == "YES"
    is_projection = "LOCALIZER" in text(dataset.get("ImageType")).split("\\")
    is_silent = text(dataset.get("SOPClassUID")) != CT_IMAGE or several or is_projection
    kind = text(find(levels, TRANSFORMATION, "RescaleType")) or ("" if is_silent else "HU")
    return "HU" if text(dataset.get("Modality")) == "CT" and used and kind == "HU" else ""

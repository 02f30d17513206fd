"""DICOM files to the Image that an algorithm takes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from algorithms.declaration import Needs
from algorithms.image import Image
from runtime.dicom.geometry import stack
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.resample import resampled
from runtime.dicom.geometry.series.choice import offered
from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.decode import Array
from runtime.dicom.pixels.presentation import photometric
from runtime.dicom.rescale import rescale
from runtime.dicom.selection import Selected, select
from runtime.dicom.show.look import Look, look_of
from runtime.dicom.show.supplement import meant
from runtime.errors import PermanentError


def read_image(paths: Sequence[Path], needs: Needs = "regular", volume: str | None = None) -> Image:
    """Read the files of an image, a series or a study as one stack of planes; or one `volume` of a series, by its id.

    Planes are ordered along their normal (by InstanceNumber if no file has a position). Files without pixels
    (reports, presentation states) are skipped. Planes that are not a volume are refused instead of cut to what fits
    (`geometry.stack.check` says which): this holds for a study too, whose series must continue one another. Padding
    keeps its value. MONOCHROME1 keeps its values as well; `source["PhotometricInterpretation"]` says so.

    What `needs` takes of irregular planes is told in `source["Irregularity"]`, one sentence: for "any", with the
    `Positions` and `Orientations` of the planes as they come; for "resampled", of the planes that were interpolated.

    Raises PermanentError: `input_unreadable`, `input_unsupported`, `input_not_found` for an unknown volume.
    """
    selected = select(paths, volume)
    if not selected:
        raise unreadable("The input holds no image, only DICOM objects without pixels.")
    planes = [plane for each in selected for plane in each.planes]
    owners = [each.dataset for each in selected for _ in each.planes]
    try:
        stack.check(planes, needs)  # before the costly decoding
    except PermanentError as error:
        raise (offered(error, planes) if volume is None else error) from None
    irregular = stack.irregularity(planes) if needs != "regular" else None
    with reading("The file's header"):
        looks = [look_of(owner, plane) for owner, plane in zip(owners, planes, strict=True)]
    arrays = [array for each in selected for array in _values(each)]
    if arrays[0].ndim == 2:
        arrays = rescale(arrays, planes)
    places = stack.order(planes)
    ordered = [planes[i] for i in places]
    pixels, step = [arrays[i] for i in places], stack.plane_spacing(ordered)
    shown = [looks[i] for i in places]
    with reading("The file's header"):
        source = _source([owners[i] for i in places], ordered, shown, arrays[0].ndim == 3)
    if selected[0].distinction is not None:
        source["Distinction"] = dict(selected[0].distinction)
    if irregular is not None:
        source["Irregularity"] = f"The input is no regular volume. {irregular}"
        if needs == "resampled":
            pixels, step = resampled(pixels, ordered, [look.padding for look in shown])
            source["Irregularity"] += f" {len(pixels)} planes, {step:.3g} mm apart, were interpolated of {len(places)}."
            source["Looks"] = (shown[len(shown) // 2],)
            source["PlaneSpacingMeaning"] = "measured"
            _spread(source, "RealWorldValues", len(pixels))
        else:
            source["Positions"] = tuple(plane.position for plane in ordered)
            source["Orientations"] = tuple(plane.orientation for plane in ordered)
    with reading("The file's header"):
        return Image(
            pixels=np.stack(pixels),
            spacing=(step, *ordered[0].pixel_spacing),
            modality=text(owners[places[0]].get("Modality")) or "OT",
            unit=ordered[0].unit,
            origin=_vector(ordered[0].position),
            direction=stack.direction(ordered[0]),
            source=source,
        )


def _values(selected: Selected) -> Array:
    return meant(selected.decoded(), selected.dataset, selected.planes)


def _spread(source: dict[str, Any], name: str, count: int) -> None:
    """Let what each plane says be said of `count` planes that were interpolated, if all say the same."""
    stated = source.pop(name, ())
    if stated and all(each == stated[0] for each in stated):
        source[name] = (stated[0],) * count


def _vector(position: tuple[float, ...] | None) -> tuple[float, float, float]:
    return (position[0], position[1], position[2]) if position else (0.0, 0.0, 0.0)


def _source(owners: Sequence[Any], planes: Sequence[Plane], looks: Sequence[Look], colour: bool) -> dict[str, Any]:
    middle = planes[len(planes) // 2]  # its window suits the stack better than that of an outermost plane
    window = None if colour else middle.voi.window
    dataset = owners[0]
    keywords = ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SOPClassUID")
    padding = looks[0].padding if len({look.padding for look in looks}) == 1 else None
    # As the pixels are now: whatever the file's colour space was, they are RGB.
    mapped = tuple(plane.real_world_values for plane in planes)
    kind = "RGB" if colour else photometric(dataset) or "MONOCHROME2"
    return {
        **{keyword: text(dataset[keyword].value) for keyword in keywords if dataset.get(keyword)},
        "SOPInstanceUIDs": tuple(dict.fromkeys(plane.instance for plane in planes)),
        "PhotometricInterpretation": kind,
        "WindowCenter": window[0] if window else None,
        "WindowWidth": window[1] if window else None,
        "VOILUTFunction": middle.voi.function if middle.voi.windows else "LINEAR",
        "PixelPaddingValue": padding[0] if padding else None,
        "PixelPaddingRangeLimit": padding[1] if padding else None,
        "PixelSpacingMeaning": planes[0].meaning,
        "PlaneSpacingMeaning": stack.plane_spacing_meaning(planes),
        "Looks": tuple(looks),
        **({"RealWorldValues": mapped} if any(mapped) else {}),
        **({"ColourProfile": looks[0].profile} if looks[0].profile else {}),
    }

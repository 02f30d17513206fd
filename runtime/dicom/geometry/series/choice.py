"""One volume of a series of several: found by its id, or offered if a job asks for the whole series."""

from collections.abc import Sequence
from typing import Final

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.series.volumes import Volume, volumes_of
from runtime.errors import PermanentError

NAMED: Final = 3  # volumes in a sentence: a time series has hundreds
LONGEST: Final = 28  # characters of what distinguishes one, in a sentence
# Their values identify an examination, and a sentence may be in a log.
UNSAID: Final = (
    *("AcquisitionDateTime", "AcquisitionTime", "ContentTime", "FrameReferenceDateTime", "FrameAcquisitionDateTime"),
    *("SeriesInstanceUID", "FrameOfReferenceUID"),
)


def choose(planes: Sequence[Plane], volume_id: str) -> Volume:
    """Return a volume of a series by its id.

    Raises PermanentError (`input_not_found`) if the series has none of this id, as after files came that are split by
    other attributes.
    """
    volumes = volumes_of(planes)
    for volume in volumes:
        if volume.id == volume_id:
            return volume
    has = f"It has {_named(volumes)}" if volumes else "No attribute splits it into volumes"
    raise PermanentError("input_not_found", f"The series has no volume {volume_id}, or no longer. {has}.")


def offered(error: PermanentError, planes: Sequence[Plane]) -> PermanentError:
    """Return the error of a series that is no volume, with the volumes that it can be split into and how to ask.

    The planes of a study, which are those of several series, have no volume that a request could name.
    """
    series = {dict(plane.distinction).get("SeriesInstanceUID") for plane in planes}
    volumes = volumes_of(planes) if len(series) == 1 else []
    if not volumes:
        return error
    way = f"or choose one of its {len(volumes)} volumes by `volume`: {_named(volumes)}."
    return PermanentError(error.code, f"{error.message.rstrip('.')}, {way}")


def _named(volumes: Sequence[Volume]) -> str:
    more = ["others that the stack of the series lists"] if len(volumes) > NAMED else []
    return ", ".join([*(f"{each.id} ({_about(each)})" for each in volumes[:NAMED]), *more])


def _about(volume: Volume) -> str:
    stated = volume.distinction.items()
    values = (name if name in UNSAID else f"{name} {value}".strip() for name, value in stated)
    text = ", ".join(values) or "the series"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

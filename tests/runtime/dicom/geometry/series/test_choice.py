"""One volume of a series of several is found by its id, whatever else came to the series."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.series.choice import choose
from runtime.dicom.geometry.series.volumes import volumes_of
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write
from tests.runtime.dicom.geometry.test_regularity import FLAT, item

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def echoes(write: Write, times: tuple[float, ...], **attributes: Any) -> list[Path]:
    return [
        write(np.full((4, 6), time, np.int16), ImagePositionPatient=[0, 0, z], ImageOrientationPatient=FLAT,
              EchoTime=time, RescaleSlope=None, RescaleIntercept=None, **attributes)
        for z in (1, 0) for time in times
    ]  # fmt: skip


def planes_of(paths: list[Path]) -> list[Plane]:
    return [plane for path in paths for plane in describe(load(path))]


def test_an_id_outlasts_files_that_come_later(write: Write) -> None:
    paths = echoes(write, (5, 20))
    before = volumes_of(planes_of(paths))
    later = paths + echoes(write, (40,))
    after = choose(planes_of(later), before[1].id)
    assert after.distinction == {"EchoTime": "20.0"} == before[1].distinction
    image = read_image(later, volume=before[1].id)
    assert image.pixels.shape == (2, 4, 6) and (image.pixels == 20).all()
    assert image.source["Distinction"] == {"EchoTime": "20.0"}
    assert len(image.source["SOPInstanceUIDs"]) == 2


def test_a_volume_of_a_series_that_is_split_otherwise_is_gone(write: Write) -> None:
    paths = echoes(write, (5, 20), EchoNumbers=1)
    (whole,) = volumes_of(planes_of(paths[::2]))
    gone = volumes_of(planes_of(paths))[0].id
    more = paths + echoes(write, (5, 20), EchoNumbers=2)
    for volume_id in (gone, whole.id):
        with pytest.raises(PermanentError, match=f"has no volume {volume_id}, or no longer. It has .* others") as error:
            read_image(more, volume=volume_id)
        assert error.value.code == "input_not_found"


def test_the_whole_series_is_refused_with_the_volumes_to_choose_from(write: Write) -> None:
    paths = echoes(write, (5, 20))
    ids = [volume.id for volume in volumes_of(planes_of(paths))]
    with pytest.raises(PermanentError) as error:
        read_image(paths)
    assert error.value.message.endswith(
        "send images one by one, or choose one of its 2 volumes by `volume`: "
        f"{ids[0]} (EchoTime 5.0), {ids[1]} (EchoTime 20.0)."
    )


def test_the_series_of_a_study_are_no_volumes_to_choose_from(write: Write) -> None:
    paths = [
        write(np.zeros((4, 6), np.int16), ImagePositionPatient=[0, 0, z], ImageOrientationPatient=FLAT,
              SeriesInstanceUID=f"2.25.{series}")
        for series in (1, 2) for z in (0, 1)
    ]  # fmt: skip
    with pytest.raises(PermanentError, match=r"; send images one by one\.$"):
        read_image(paths)


def test_a_volume_of_frames_is_decoded_alone(write: Write) -> None:
    frames = [
        item(
            PlanePositionSequence=[item(ImagePositionPatient=[0, 0, z])],
            MRDiffusionSequence=[item(DiffusionBValue=value)],
        )
        for z in (1, 0)
        for value in (0.0, 700.0)
    ]
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=FLAT)],
        PixelMeasuresSequence=[item(PixelSpacing=[1, 1])],
    )
    pixels = np.arange(4, dtype=np.int16)[:, None, None] * np.ones((4, 4, 6), np.int16)
    path = write(
        pixels,
        NumberOfFrames=4,
        PerFrameFunctionalGroupsSequence=frames,
        SharedFunctionalGroupsSequence=[shared],
        RescaleSlope=None,
        RescaleIntercept=None,
    )
    chosen = volumes_of(planes_of([path]))[1]
    assert read_image([path], volume=chosen.id).pixels[:, 0, 0].tolist() == [3, 1]

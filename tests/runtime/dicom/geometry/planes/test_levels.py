"""Functional groups: what belongs together is of one of them, and each has one item."""

from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

PIXELS = np.ones((2, 4, 6), np.int16)


def item(**attributes: Any) -> Dataset:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def rescale(**parts: Any) -> dict[str, Any]:
    return {"PixelValueTransformationSequence": [item(**parts)]}


WHOLE = rescale(RescaleSlope=2, RescaleIntercept=-100, RescaleType="HU")


@pytest.mark.parametrize(
    ("own", "shared", "said"),
    [
        (rescale(RescaleSlope=3), [item(**WHOLE)], "of a frame in different functional groups"),
        (rescale(RescaleSlope=3, RescaleIntercept=0), [item(**WHOLE)], "of a frame in different functional groups"),
        (rescale(RescaleSlope=3, RescaleIntercept=0), [item(), item()], "2 items of shared functional groups"),
        (
            {"PixelMeasuresSequence": [item(PixelSpacing=[1, 1]), item(PixelSpacing=[2, 2])]},
            [item()],
            "PixelMeasuresSequence has 2 items",
        ),
    ],
)
def test_what_a_frame_says_twice_is_refused(write: Write, own: Any, shared: Any, said: str) -> None:
    frames = [item(**own), item(**own)]
    path = write(
        PIXELS, NumberOfFrames=2, PerFrameFunctionalGroupsSequence=frames, SharedFunctionalGroupsSequence=shared
    )
    with pytest.raises(PermanentError, match=said):
        read_image([path])


def test_a_group_of_the_frame_comes_before_the_shared_one(write: Write) -> None:
    frames = [item(**rescale(RescaleSlope=3, RescaleIntercept=1, RescaleType="HU")), item()]
    path = write(
        PIXELS,
        NumberOfFrames=2,
        PerFrameFunctionalGroupsSequence=frames,
        SharedFunctionalGroupsSequence=[item(**WHOLE)],
        Modality="MR",
    )
    assert read_image([path], "any").pixels[:, 0, 0].tolist() == [4, -98]


@pytest.mark.parametrize("shared", [[], [item()]])
@pytest.mark.parametrize("top", [{}, {"RescaleSlope": "3", "RescaleIntercept": "0"}])
def test_frames_of_which_only_some_have_a_scale_of_their_own_are_refused(
    write: Write, shared: list[Dataset], top: dict[str, str]
) -> None:
    path = write(
        PIXELS, NumberOfFrames=2, PerFrameFunctionalGroupsSequence=[item(**WHOLE), item()],
        SharedFunctionalGroupsSequence=shared, **top,
    )  # fmt: skip
    with pytest.raises(PermanentError, match="Only some of the file's frames have a PixelValueTransformationSequence"):
        read_image([path], "any")

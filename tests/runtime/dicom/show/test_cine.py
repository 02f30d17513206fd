"""How fast frames are shown."""

from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.tag import Tag

from runtime.dicom.show.cine import frame_times

VECTOR = Tag("FrameTimeVector")


@pytest.mark.parametrize(
    ("attributes", "times"),
    [
        ({"RecommendedDisplayFrameRate": 25, "CineRate": 50, "FrameTime": 33}, [40.0]),
        ({"CineRate": 50, "FrameTime": 33}, [20.0]),
        ({"CineRate": 0, "FrameTime": 33.5}, [33.5]),
        ({"FrameTimeVector": [0, 10, 30]}, [10.0, 30.0, 30.0]),
        ({"FrameTime": 5, "FrameTimeVector": [0, 10, 30], "FrameIncrementPointer": VECTOR}, [10.0, 30.0, 30.0]),
        ({"FrameTime": 5, "FrameTimeVector": [0, 10, 30], "FrameIncrementPointer": Tag("FrameTime")}, [5.0]),
        ({"FrameTimeVector": [0, 10]}, None),
        ({"FrameTime": 1e300}, None),
        ({"FrameTimeVector": [0, 10, 1e300]}, None),
        ({"FrameTimeVector": [0, 0, 10]}, None),
        ({}, None),
    ],
)
def test_a_recommended_rate_comes_before_the_times_of_the_frames(
    attributes: dict[str, Any], times: list[float] | None
) -> None:
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    assert frame_times(dataset, 3) == times
    assert frame_times(dataset, 1) is None

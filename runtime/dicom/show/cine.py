"""How fast a file means its frames to be shown (PS3.3 C.7.6.5)."""

from typing import Any, Final

from runtime.dicom.parse.numbers import floats, number

FRAME_TIMES: Final = 0x00181065  # FrameTimeVector, as FrameIncrementPointer names it
MS: Final = 1000.0
LONGEST: Final = 86_400_000.0  # ms: a frame that is shown for more than a day is no cine


def frame_times(dataset: Any, frames: int) -> list[float] | None:
    """Return how long each frame is shown, in ms: one value if all are alike; None if the file does not say.

    A rate that the file recommends comes before the times at which its frames were taken.
    """
    if frames < 2:
        return None
    for keyword in ("RecommendedDisplayFrameRate", "CineRate"):
        rate = number(dataset.get(keyword))
        if rate and rate >= MS / LONGEST:
            return [MS / rate]
    steps = floats(dataset.get("FrameTimeVector"), frames)
    time = number(dataset.get("FrameTime"))
    if steps and (_points_at_vector(dataset) or not time) and 0 < min(steps[1:]) <= max(steps[1:]) <= LONGEST:
        # The step of a frame is the time since the one before; the last is shown as long as the one before it.
        return [*steps[1:], steps[-1]]
    return [time] if time and 0 < time <= LONGEST else None


def _points_at_vector(dataset: Any) -> bool:
    pointer = dataset.get("FrameIncrementPointer")
    many = [pointer] if isinstance(pointer, int) else list(pointer or ())
    return FRAME_TIMES in many

"""Task-seconds of a day: what lies between two looks counts, but no gap that nobody saw, and nothing of yesterday."""

from datetime import UTC, datetime

import pytest

from runtime.handlers.scaling.usage import LONGEST_SECONDS, Usage, after

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC).timestamp()
MIDNIGHT = datetime(2026, 3, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("before", "looked", "now", "tasks", "expected"),
    [
        (None, None, NOON, 3, Usage("2026-03-29", 0.0)),
        (Usage("2026-03-29", 100.0), NOON - 60, NOON, 3, Usage("2026-03-29", 280.0)),
        (Usage("2026-03-29", 100.0), NOON - 60, NOON, 0, Usage("2026-03-29", 100.0)),
        (Usage("2026-03-29", 100.0), NOON - LONGEST_SECONDS - 1, NOON, 3, Usage("2026-03-29", 100.0)),
        (Usage("2026-03-29", 100.0), NOON + 1, NOON, 3, Usage("2026-03-29", 100.0)),  # another function's clock
        (Usage("2026-03-29", 100.0), MIDNIGHT - 50, MIDNIGHT + 10, 2, Usage("2026-03-30", 20.0)),
    ],
    ids=["the first look", "three tasks", "none", "a gap", "a clock behind", "over midnight"],
)
def test_what_ran_since_the_last_look(
    before: Usage | None, looked: float | None, now: float, tasks: int, expected: Usage
) -> None:
    assert after(before, looked, now, tasks) == expected

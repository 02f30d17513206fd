"""When a callback is tried again: after longer and longer times, for a day."""

import random
from typing import Final

DAY_SECONDS: Final = 24 * 3600
# After a failure a host is left alone this long by the turn that failed.
PAUSE_SECONDS: Final = 60.0
_FIRST: Final = 5.0
_LONGEST: Final = 3600.0  # SQS hides a message no longer than 12 hours


def is_over(age_seconds: float) -> bool:
    """Return whether a callback has been tried for a day."""
    return age_seconds >= DAY_SECONDS


def after_failure(age_seconds: float) -> int:
    """Return the seconds until the next try: about half of the age, at most an hour, so that some 40 fit into a day."""
    return round(min(max(_FIRST, age_seconds / 2), _LONGEST) * random.uniform(0.75, 1.25))  # noqa: S311 - jitter


def without_turn(age_seconds: float) -> int:
    """Return the seconds until a callback whose host has no turn free asks for one again."""
    return round(min(max(_FIRST, age_seconds / 4), _LONGEST) * random.uniform(0.5, 1.5))  # noqa: S311 - jitter

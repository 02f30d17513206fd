"""Tells of changes at ECS, so that nobody need ask several times a second whether there is one.

The emulator appends a byte to a file for each call of ECS that may change something; whoever waits looks at its size.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

FILE: Final = "IMAGING_ECS_CHANGES"  # names the file to the emulator
READING: Final = ("Describe", "List")


def telling(dispatch: Callable[[str, Any], Any]) -> Callable[[str, Any], Any]:
    """Return a function that runs an action of ECS as `dispatch` does, then tells of it unless it only reads."""
    path = os.environ.get(FILE)

    def dispatched(action: str, data: Any) -> Any:
        answer = dispatch(action, data)
        if path and not action.startswith(READING):
            with Path(path).open("ab") as file:
                file.write(b".")
        return answer

    return dispatched


def count(path: Path) -> int:
    """Return how many changes the file tells of so far."""
    try:
        return path.stat().st_size
    except FileNotFoundError:  # none yet
        return 0

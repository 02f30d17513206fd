"""What an algorithm must find as it was for the next job, which runs in the same process."""

import locale
import os
import signal
import sys
from pathlib import Path
from typing import Any

OWN = {"TMPDIR"}  # the worker's, another for each job
IMPORTS = "imported modules"
VARIABLE = "the environment variable "


def surroundings() -> dict[str, Any]:
    """Return what belongs to the whole process, under the words for it."""
    import numpy as np

    folder = _folder()
    return {
        "the working directory": folder,
        "files in the working directory": sorted(each.name for each in folder.iterdir()) if folder else [],
        **{f"{VARIABLE}{name}": value for name, value in os.environ.items() if name not in OWN},
        IMPORTS: len(sys.modules),
        "the locale": locale.setlocale(locale.LC_ALL),
        "NumPy's handling of errors (np.seterr)": np.geterr(),
        "the recursion limit": sys.getrecursionlimit(),
        "signal handlers": [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)],
    }


def changes(before: dict[str, Any]) -> list[str]:
    """Return what is not as it was before, in words, and set the working directory back."""
    moved: list[str] = []
    if _folder() != (folder := before["the working directory"]) and folder is not None:
        os.chdir(folder)
        moved = ["the working directory"]
    after = surroundings()
    # Libraries set variables when they are imported, as OpenCV does.
    ignored = (IMPORTS, VARIABLE) if after[IMPORTS] != before[IMPORTS] else (IMPORTS,)
    names = [name for name in {**before, **after} if not name.startswith(ignored)]
    return moved + [name for name in names if before.get(name) != after.get(name)]


def _folder() -> Path | None:
    """Return the working directory; None if it has been removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None

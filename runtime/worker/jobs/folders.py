"""Removes folders that an algorithm has written into: it may have taken rights away, or nested them thousands deep."""

import contextlib
import shutil
import subprocess
from pathlib import Path
from typing import Final

SECONDS: Final = 30.0  # for what Python cannot remove
# Their environment is empty: other processes of this user can read it, and the worker's has secrets.
TOOLS: Final = (("/bin/chmod", "-R", "u+rwX", "--"), ("/bin/rm", "-rf", "--"))


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, or the link that stands in its place; it never raises."""
    with contextlib.suppress(OSError, RecursionError):
        if folder.is_symlink():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        for tool in TOOLS if folder.exists() else ():
            command = [*tool, str(folder)]
            subprocess.run(command, env={}, capture_output=True, timeout=SECONDS, check=False)

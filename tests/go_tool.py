"""Finds a program that is written in Go, or builds it in the version that a go.mod pins."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

BUILT = Path(__file__).parents[1] / "build" / "tools"


class NoToolError(RuntimeError):
    """There is neither the program nor what it is built with."""


def find(name: str, module: str, package: str, folder: Path, flags: Sequence[str] = ()) -> Path:
    """Return the program: the one on PATH, or one built into `build/tools`.

    `module` is what the go.mod in `folder` pins, `package` the program below it. In `flags`, `{version}` is the
    version. Raises NoToolError.
    """
    if on_path := shutil.which(name):
        return Path(on_path)
    pinned = re.search(rf"{module} v(\S+)", (folder / "go.mod").read_text())
    if pinned is None:
        raise NoToolError(f"{folder.name}/go.mod pins no {module}")
    version = pinned.group(1)
    built = BUILT / f"{name}-{version}" / name
    if not built.exists():
        if shutil.which("go") is None:
            raise NoToolError(f"needs `{name}` on PATH, or Go to build it")
        unfinished = built.with_name(f"unfinished-{os.getpid()}")
        options = [flag.format(version=version) for flag in flags]
        subprocess.run(
            ["go", "build", "-trimpath", *options, "-o", str(unfinished), package],
            cwd=folder,
            env={**os.environ, "CGO_ENABLED": "0"},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        unfinished.replace(built)
    return built

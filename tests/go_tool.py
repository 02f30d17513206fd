"""Finds a program that is written in Go, or builds it in the version that a go.mod pins."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

BUILT = Path(__file__).parents[1] / "build" / "tools"
STUB = "stub.go"


class NoToolError(RuntimeError):
    """There is neither the program nor what it is built with."""


def find(
    name: str, module: str, package: str, folder: Path, *, flags: Sequence[str] = (), stubs: Path | None = None
) -> Path:
    """Return the program: the one on PATH, or one built into `build/tools`.

    `module` is what the go.mod in `folder` pins, `package` the program below it. In `flags`, `{version}` is the
    version. `stubs` holds, by import path, what takes the place of packages (their `stub.go`) and of single files.
    Raises NoToolError.
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
        with tempfile.TemporaryDirectory() as sources:
            if stubs is not None:
                _copy(folder, Path(sources), stubs)
            subprocess.run(
                ["go", "build", "-trimpath", *options, "-o", str(unfinished), package],
                cwd=folder if stubs is None else sources,
                # A compiler collects garbage for a tenth of its time, and ends soon.
                env={**os.environ, "CGO_ENABLED": "0", "GOGC": "400"},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        unfinished.replace(built)
    return built


def _copy(folder: Path, sources: Path, stubs: Path) -> None:
    """Copy all that the module is built of, with the stubs in their places."""
    for file in ("go.mod", "go.sum"):
        shutil.copy(folder / file, sources)
    subprocess.run(["go", "mod", "vendor"], cwd=sources, check=True, stdout=subprocess.DEVNULL)
    for stub in stubs.rglob("*.go"):
        package = sources / "vendor" / stub.parent.relative_to(stubs)
        for file in package.iterdir() if stub.name == STUB else ():
            if file.is_file():
                file.unlink()
        shutil.copy(stub, package)

"""Finds actionlint, or builds it from its Go module in the version that this folder's go.mod pins."""

import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
MODULE = "github.com/rhysd/actionlint"
BUILT = HERE.parents[1] / "build" / "tools"


class NoActionlintError(RuntimeError):
    """There is neither the program nor what it is built with."""


def actionlint() -> Path:
    """Return the program: the one on PATH, or one built into `build/tools`."""
    if on_path := shutil.which("actionlint"):
        return Path(on_path)
    pinned = re.search(rf"{MODULE} v(\S+)", (HERE / "go.mod").read_text())
    if pinned is None:
        raise NoActionlintError("tests/workflows/go.mod pins no actionlint")
    built = BUILT / f"actionlint-{pinned.group(1)}"
    if not built.exists():
        if shutil.which("go") is None:
            raise NoActionlintError("needs `actionlint` on PATH, or Go to build it")
        subprocess.run(["go", "build", "-trimpath", "-o", str(built), f"{MODULE}/cmd/actionlint"], cwd=HERE, check=True)
    return built

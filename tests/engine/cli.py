"""Finds the Pulumi CLI, or builds it from its Go module in the version that this folder's go.mod pins."""

import os
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
MODULE = "github.com/pulumi/pulumi"
BUILT = HERE.parents[1] / "build" / "tools"


class NoPulumiError(RuntimeError):
    """There is neither the CLI nor what it is built with."""


def pulumi() -> Path:
    """Return the CLI: the one on PATH, or one built into `build/tools`."""
    if on_path := shutil.which("pulumi"):
        return Path(on_path)
    pinned = re.search(rf"{MODULE}/pkg/v3 v(\S+)", (HERE / "go.mod").read_text())
    if pinned is None:
        raise NoPulumiError("tests/engine/go.mod pins no Pulumi")
    built = BUILT / f"pulumi-{pinned.group(1)}" / "pulumi"
    if not built.exists():
        if shutil.which("go") is None:
            raise NoPulumiError("needs `pulumi` on PATH, or Go to build it")
        _build(built, pinned.group(1))
    return built


def _build(built: Path, version: str) -> None:
    unfinished = built.with_name(f"unfinished-{os.getpid()}")
    # Without the version the Automation API refuses the CLI.
    flags = f"-s -w -X {MODULE}/sdk/v3/go/common/version.Version=v{version}"
    subprocess.run(
        ["go", "build", "-trimpath", "-ldflags", flags, "-o", str(unfinished), f"{MODULE}/pkg/v3/cmd/pulumi"],
        cwd=HERE,
        env={**os.environ, "CGO_ENABLED": "0"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    unfinished.replace(built)

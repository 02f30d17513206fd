"""Writes the executables that the engine finds on PATH instead of AWS's providers."""

import os
import sys
from pathlib import Path

PROVIDERS = ("aws", "awsx", "docker-build")


def write(folder: Path) -> None:
    """Write `pulumi-resource-aws` and the others into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PROVIDERS:
        path = folder / f"pulumi-resource-{name}"
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m runtime.local.provider {name} "$@"\n')
        path.chmod(0o755)


def environment(folder: Path) -> dict[str, str]:
    """Return the variables that make the engine use these executables and no other plugin."""
    return {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

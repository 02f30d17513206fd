"""`python -m runtime.containers FOLDER`: writes the build context of each container image, a folder each."""

import sys
from pathlib import Path

from algorithms.registry import load_registry
from runtime.containers.context import build_context
from runtime.containers.lock import PLATFORM

if __name__ == "__main__":
    services = [*((name, "worker") for name in load_registry().distributions), (PLATFORM, "pacs")]
    for name, extra in services:
        context = build_context(name, extra, Path(sys.argv[1]))
        sys.stdout.write(f"{context.folder} {context.tag}\n")

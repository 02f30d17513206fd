"""Builds the zip of the Lambda functions: pure Python, and the same bytes from the same sources."""

import hashlib
from pathlib import Path

from algorithms.registered import Registry
from runtime.bundle.archive import pack
from runtime.bundle.content import content

__all__ = ["build"]


def build(registry: Registry, folder: Path) -> Path:
    """Write `<folder>/handlers-<first 16 digits of its SHA-256>.zip` and return its path."""
    data = pack(content(registry))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"handlers-{hashlib.sha256(data).hexdigest()[:16]}.zip"
    path.write_bytes(data)
    return path

"""Writes the folders from which the container images are built."""

from runtime.containers.context import Context, build_context
from runtime.containers.lock import PLATFORM

__all__ = ["PLATFORM", "Context", "build_context"]

"""What the container images are built from."""

from runtime.containers.context import Context, build_context
from runtime.containers.lock import PLATFORM

__all__ = ["PLATFORM", "Context", "build_context"]

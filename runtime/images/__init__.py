"""What the container images are built from."""

from runtime.images.context import Context, build_context
from runtime.images.lock import PLATFORM

__all__ = ["PLATFORM", "Context", "build_context"]

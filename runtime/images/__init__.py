"""What the container images are built from."""

from runtime.images.context import PLATFORM, Context, build_context

__all__ = ["PLATFORM", "Context", "build_context"]

"""The one hook that a plugin implements."""

from collections.abc import Iterable

import pluggy

from algorithms.declaration import Algorithm

PROJECT = "imaging"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def register_algorithms() -> Algorithm | Iterable[Algorithm]:  # pyright: ignore[reportReturnType] - a spec has no body
    """Return the plugin's algorithm, or several of them."""

"""Follows at little cost which outputs are not there yet, for which the SDK waits before a program ends.

The SDK notes and forgets each output under a lock, also one whose value is there at once. And it composes for each
resource, by four outputs, the URN that it would have without an engine.
"""

import asyncio
from typing import Any

import pulumi
from pulumi.runtime import resource
from pulumi.runtime.settings import SETTINGS


def follow_at_little_cost() -> None:
    """Follow outputs at little cost from now on in this process."""
    settings: Any = SETTINGS  # outputs is there for each context
    outputs: set[asyncio.Future[Any]] = settings.outputs

    def left(future: asyncio.Future[Any]) -> None:
        if not future.cancelled() and future.exception() is None:  # the SDK reports those at the end
            outputs.discard(future)

    def track(self: pulumi.Output[Any]) -> None:
        future: asyncio.Future[Any] = self._data  # pyright: ignore
        if not future.done() or future.cancelled() or future.exception() is not None:
            outputs.add(future)
            future.add_done_callback(left)

    pulumi.Output._track = track  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]
    create_urn = resource.create_urn

    def urn(name: Any, type_: Any, parent: Any = None, *rest: Any) -> Any:
        return Known("") if isinstance(parent, str) and not rest else create_urn(name, type_, parent, *rest)

    resource.create_urn = urn


class Known:
    """What the SDK waits for without looking at it."""

    def __init__(self, value: Any) -> None:
        self._value = value

    async def future(self) -> Any:
        """Return it."""
        return self._value

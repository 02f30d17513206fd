"""What the stand-ins share."""

from collections.abc import Iterable
from typing import Any

import pulumi


class Component(pulumi.ComponentResource):
    """A component that takes its inputs as the wire has them, and refuses one that it does not know."""

    state: dict[str, Any]

    def __init__(
        self, token: str, name: str, inputs: dict[str, Any], known: Iterable[str], opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(token, name, {}, opts)
        # An argument without effect here would pass every test and do something else on AWS.
        if unknown := sorted(set(inputs) - set(known)):
            raise NotImplementedError(f"the stand-in for {token} does not know {', '.join(unknown)}")
        self.child = pulumi.ResourceOptions(parent=self)

    def done(self, **outputs: Any) -> None:
        """Register the outputs, by the names that the wire has."""
        self.state = outputs
        self.register_outputs(outputs)

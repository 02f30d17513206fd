"""The base of the stand-ins.

A new component is a class in a file of its own: its `kind`, the arguments that it `supports`, those that must be
`plain` values, and pairs that `exclude` each other. Every other argument of the real component is refused.
"""

from typing import Any, ClassVar

import pulumi

from runtime.local.awsx.arguments import only_one, refuse_outputs, refuse_unknown


class Component(pulumi.ComponentResource):
    """A component that takes its inputs by their wire names."""

    kind: ClassVar[str]
    supports: ClassVar[tuple[str, ...]]
    plain: ClassVar[tuple[str, ...]] = ()
    exclude: ClassVar[tuple[tuple[str, ...], ...]] = ()
    state: dict[str, Any]

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(self.kind, name, {}, opts)
        for names in self.exclude:
            only_one(inputs, *names)
        refuse_unknown(self.kind, inputs, self.supports)
        refuse_outputs(self.kind, inputs, self.plain)
        self.child = pulumi.ResourceOptions(parent=self)

    def done(self, **outputs: Any) -> None:
        """Register the outputs, by their wire names."""
        self.state = outputs
        self.register_outputs(outputs)

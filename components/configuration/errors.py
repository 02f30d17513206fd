"""The error with which a stack is refused."""

from collections.abc import Sequence

import pulumi


class ConfigurationError(pulumi.RunError):
    """Every fault that keeps a stack from being deployed, in one message; the engine shows it without a traceback."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        lines = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"The stack cannot be deployed, and nothing was changed:\n{lines}")

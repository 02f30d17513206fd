"""The part of a stack's configuration that affects its cost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stack:
    """The part of a stack's configuration that affects its cost."""

    nat: str
    zones: int
    own_vpc: bool
    architecture: str
    encryption: str
    pacs_tasks: int
    internal: bool
    callbacks: bool
    traces: bool

    @classmethod
    def of(cls, values: Mapping[str, str], project: str) -> "Stack":
        """Read it from a stack's configuration, whose values are text."""

        def value(name: str) -> Any:
            return json.loads(values[f"{project}:{name}"])

        return cls(
            nat=values[f"{project}:nat"],
            zones=value("availabilityZones"),
            own_vpc=not values[f"{project}:vpcId"],
            architecture=values[f"{project}:cpuArchitecture"],
            encryption=values[f"{project}:encryption"],
            pacs_tasks=value("pacsApiTasks"),
            internal=value("pacsApiInternal"),
            callbacks=bool(value("callbackHosts")),
            traces=bool(values[f"{project}:otlpEndpoint"]),
        )

    @property
    def cpu(self) -> str:
        """Return the prefix of the prices of its CPU."""
        return "arm" if self.architecture == "ARM64" else "x86"

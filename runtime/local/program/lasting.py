"""What a deployment on the local system takes over from the one before: names and data, or all that still runs."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from runtime.local.resources.base import Handler, Properties
from runtime.local.resources.table import Table

# They are in the state that MiniStack keeps (`runtime/local/kept.py`). In another run all other types are made anew.
LASTING: Final = frozenset(
    {
        "aws:dynamodb/table:Table",
        "aws:dynamodb/tableItem:TableItem",
        "aws:s3/bucket:Bucket",
        "aws:sns/topic:Topic",
        "aws:sns/topicSubscription:TopicSubscription",
        "aws:sqs/queue:Queue",
    }
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier deployment.

    Parameters
    ----------
    stable : whether automatic names are the same in each deployment; otherwise they are random.
    resources : the resources of the last one.
    running : whether it still runs: all its resources are there, as it left them, and what is the same stays as it is.
    """

    stable: bool = False
    resources: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    running: bool = False

    def seed(self, token: str, name: str) -> bytes:
        """Return the seed of a resource's automatic name."""
        return hashlib.sha256(f"{token} {name}".encode()).digest() if self.stable else b""

    def properties(self, token: str, name: str) -> Properties:
        """Return the properties of a resource that still runs, whose automatic name stays; none of any other."""
        found = self._find(token, name) if self.running else None
        return {**found["inputs"], **found["outputs"]} if found else {}

    def take_over(
        self, handler: Handler, token: str, name: str, inputs: Properties, ignored: Collection[str] = ()
    ) -> tuple[str, Properties] | None:
        """Return id and outputs of a resource that is still there, changed to these inputs; None if it must be made.

        Changes of the properties in `ignored` are left out, as the engine does with `ignore_changes`. Raises ValueError
        if only a replacement could change it, which would lose what it holds.
        """
        found = self._find(token, name)
        if found is None:
            return None
        identity, state = found["id"], {**found["inputs"], **found["outputs"]}
        if not self.running and handler.read(identity, state) is None:
            return None
        before = handler.check(name, found["inputs"], state)
        inputs = {**inputs, **{key: before[key] for key in ignored if key in before}}
        changed, replaced = handler.diff(before, inputs)
        if not replaced:
            if self.running and not changed:
                return identity, found["outputs"]
            return identity, handler.update(identity, before, inputs) if changed else handler.present(identity, inputs)
        if token in LASTING:
            raise ValueError(f"{', '.join(replaced)} cannot change while what it holds is kept; keep in another folder")
        handler.delete(identity, state)
        return None

    def remove_others(self, table: Table, made: set[tuple[str, str]]) -> None:
        """Remove what an earlier deployment made and this one, of which `made` are types and names, no longer has."""
        for each in reversed(self.resources):
            if (self.running or each["type"] in LASTING) and (each["type"], each["name"]) not in made:
                table.handler(each["type"]).delete(each["id"], {**each["inputs"], **each["outputs"]})

    def _find(self, token: str, name: str) -> dict[str, Any] | None:
        if not self.running and token not in LASTING:
            return None
        found = [each for each in self.resources if (each["type"], each["name"]) == (token, name)]
        return found[0] if len(found) == 1 else None

"""What a deployment on the local system takes over from the one before: names, and resources that hold data."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from runtime.local.resources.base import Handler, Properties
from runtime.local.resources.table import Table

# They are in the state that MiniStack keeps (`runtime/local/kept.py`). All other types are made anew.
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
    """

    stable: bool = False
    resources: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def seed(self, token: str, name: str) -> bytes:
        """Return the seed of a resource's automatic name."""
        return hashlib.sha256(f"{token} {name}".encode()).digest() if self.stable else b""

    def take_over(self, handler: Handler, token: str, name: str, inputs: Properties) -> tuple[str, Properties] | None:
        """Return id and outputs of a resource that is still there, changed to these inputs; None if it must be made.

        Raises ValueError if only a replacement could change it, which would lose what it holds.
        """
        found = self._find(token, name)
        if found is None:
            return None
        identity, state = found["id"], {**found["inputs"], **found["outputs"]}
        if handler.read(identity, state) is None:
            return None
        before = handler.check(name, found["inputs"], state)
        changed, replaced = handler.diff(before, inputs)
        if replaced:
            raise ValueError(f"{', '.join(replaced)} cannot change while what it holds is kept; keep in another folder")
        return identity, handler.update(identity, before, inputs) if changed else handler.present(identity, inputs)

    def remove_others(self, table: Table, made: set[tuple[str, str]]) -> None:
        """Remove what an earlier deployment made and this one, of which `made` are types and names, no longer has."""
        for each in reversed(self.resources):
            if each["type"] in LASTING and (each["type"], each["name"]) not in made:
                table.handler(each["type"]).delete(each["id"], {**each["inputs"], **each["outputs"]})

    def _find(self, token: str, name: str) -> dict[str, Any] | None:
        if token not in LASTING:
            return None
        found = [each for each in self.resources if (each["type"], each["name"]) == (token, name)]
        return found[0] if len(found) == 1 else None

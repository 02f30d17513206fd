"""Decides what a change of code asks for."""

from collections.abc import Collection
from dataclasses import dataclass

from runtime.local.reload.declared import Declared


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done.

    Parameters
    ----------
    deploy : whether the program runs again, because what follows from a declaration changed.
    restart : the algorithms whose workers have loaded code that changed.
    added, removed : the algorithms that are new, and those that are no longer there.
    """

    deploy: bool
    restart: frozenset[str]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def decide(deployed: Declared, found: Declared, changed: Collection[str]) -> Decision:
    """Return what leads from what is deployed to what was found, if files of the `changed` distributions changed."""
    added = found.algorithms.keys() - deployed.algorithms.keys()
    removed = deployed.algorithms.keys() - found.algorithms.keys()
    return Decision(
        deploy=found.digest != deployed.digest,
        restart=found.of(changed) - added,
        added=tuple(sorted(added)),
        removed=tuple(sorted(removed)),
    )

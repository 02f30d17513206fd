"""Checks an algorithm by its name."""

from collections.abc import Iterator

from runtime.authoring.checks.check import Check, Finding
from runtime.authoring.target import find
from runtime.authoring.trials.trials import Trials


def findings(name: str) -> Iterator[Finding]:
    """Yield what each rule finds, as soon as it is known. Raises TargetError if the declaration is broken."""
    with Trials(name) as trials:
        yield from Check(find(name), trials).findings()

"""The errors of the plugin interface: for the job's client, for the plugin's author, for whoever deploys."""

from collections.abc import Sequence
from dataclasses import dataclass


class UnsupportedInput(Exception):  # noqa: N818 - it says what is wrong with the input, not with the algorithm
    """Raised by an algorithm whose input it cannot take; the message, one sentence, reaches the client."""


class DeclarationError(ValueError):
    """A declaration that cannot become a service; the message says what to change."""


class WeightsError(Exception):
    """Weights that are missing or are another file than the one declared; the message says which."""


class InvalidParameters(ValueError):  # noqa: N818 - named for what the caller sent
    """Parameters that do not fit an algorithm. `faults` holds (JSON pointer, message) pairs, all of them at once."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{pointer or '/'}: {message}" for pointer, message in faults))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class PluginFault:
    """One reason why a plugin cannot be registered; `place` is the `file:line` to look at, if it is known."""

    entry_point: str
    distribution: str
    version: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        return f"entry point '{self.entry_point}' of {self.distribution} {self.version}: {self.message}"


class RegistryError(Exception):
    """Installed plugins that cannot be registered; `faults` names all of them.

    One broken plugin stops everything: a registry without it would make the next deployment delete live queues.
    """

    def __init__(self, faults: Sequence[PluginFault]) -> None:
        lines = "".join(f"\n- {fault}" + (f"\n  at     {fault.place}" if fault.place else "") for fault in faults)
        super().__init__(f"Installed algorithms cannot be registered; repair or uninstall them:{lines}")
        self.faults = tuple(faults)

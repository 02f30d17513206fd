"""Whom a stack calls of its own accord, outside of AWS."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

USUAL = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outward:
    """The keys about receivers of callbacks, and about the collector of traces."""

    callback_hosts: Sequence[str] = ()
    """The hosts that may be told that jobs have ended; without any, nothing is deployed for callbacks."""
    collector: str = ""
    """Address of the collector that takes traces over OTLP; without one, nothing is deployed for traces."""
    collector_headers: str = ""
    """What is sent to it besides, such as a key: name=value, separated by commas."""
    trace_percent: int = 100
    """How many of a hundred jobs are recorded, of those whose callers name no trace."""

    @property
    def collector_port(self) -> int:
        """Return the port of the collector."""
        parts = urlsplit(self.collector)
        return parts.port or USUAL[parts.scheme]

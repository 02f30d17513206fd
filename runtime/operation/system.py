"""The system that is looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class System:
    """A system: how to make a boto3 client by its service's name, its jobs table, its algorithms, its processing API.

    `session` has the arguments of a session of boto3.
    """

    boto3_client: Callable[[str], Any]
    table: str
    algorithms: tuple[str, ...]
    api: str = ""
    session: Mapping[str, Any] = field(default_factory=dict[str, Any])

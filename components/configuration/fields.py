"""Rules that read one configuration value. Each says once what is allowed, for the check and for the message."""

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any, cast


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """What a value may be: `read` turns its text into the value or raises ValueError; `allowed` completes "must be"."""

    read: Callable[[str], Any]
    allowed: str
    hidden: bool = False
    """Whether it is a secret, which no message may show."""


def _field(read: Callable[[str], Any], allowed: str, *, hidden: bool = False) -> Any:
    return dataclasses.field(metadata={"rule": Rule(read, allowed, hidden)})


def text(pattern: str, allowed: str, *, hidden: bool = False) -> Any:
    """Declare a text that matches the whole pattern."""

    def read(raw: str) -> str:
        if not re.fullmatch(pattern, raw):
            raise ValueError(raw)
        return raw

    return _field(read, allowed, hidden=hidden)


def choice(*values: str) -> Any:
    """Declare one of several words."""
    return text("|".join(re.escape(value) for value in values), "one of " + ", ".join(values))


def _number(raw: str) -> int:
    """Return a number that is written as people and YAML agree: `int` would take 1_0, +5 and other scripts' digits."""
    if not re.fullmatch("0|[1-9][0-9]{0,9}", raw):
        raise ValueError(raw)
    return int(raw)


def whole(lowest: int, highest: int) -> Any:
    """Declare a whole number within bounds."""

    def read(raw: str) -> int:
        number = _number(raw)
        if not lowest <= number <= highest:
            raise ValueError(raw)
        return number

    return _field(read, f"a whole number from {lowest} to {highest}")


def one_of(*values: int) -> Any:
    """Declare one of several numbers."""

    def read(raw: str) -> int:
        number = _number(raw)
        if number not in values:
            raise ValueError(raw)
        return number

    return _field(read, "one of " + ", ".join(map(str, values)))


def flag() -> Any:
    """Declare a switch."""

    def read(raw: str) -> bool:
        return {"true": True, "false": False}[raw]

    return _field(read, "true or false")


def texts(pattern: str, allowed: str, *, most: int = 1000) -> Any:
    """Declare a list of at most `most` texts, each of which matches the whole pattern."""

    def read(raw: str) -> tuple[str, ...]:
        values = json.loads(raw)
        if not isinstance(values, list):
            raise ValueError(raw)
        entries = cast("list[Any]", values)
        if len(entries) > most or not all(isinstance(entry, str) and re.fullmatch(pattern, entry) for entry in entries):
            raise ValueError(raw)
        return tuple(entries)

    return _field(read, f"a list of {allowed}")


def key(field: str) -> str:
    """Return a field's key in the configuration."""
    head, *rest = field.split("_")
    return head + "".join(part.capitalize() for part in rest)

"""MiniStack made faster where it does the same work again and again.

Each function here takes the place of one of MiniStack's, or is made from it. They are private to MiniStack, whose
version is pinned; one that is no longer there is an error when the emulator starts.
"""

import itertools
import time
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

Json = dict[str, Any]
Form = dict[str, list[str]]


def install() -> None:
    """Put everything here in its place."""
    replace("services.sqs", "_prune_dedup", lambda _: forget_expired)
    replace("services.sns", "_prune_sns_dedup", lambda _: forget_expired)
    replace("services.sqs", "_ensure_msg_fields", completing_once)
    # A program has few statements, with ever other parameters.
    replace("services._dynamodb_keywords", "_tokenize", lru_cache(maxsize=256))
    replace("services.dynamodb", "_parse_partiql", parsing_once)
    read = form_reader()
    replace("app", "parse_qs", lambda _: read)
    replace("services.sns", "parse_qs", lambda _: read)


def replace(module: str, name: str, make: Callable[[Any], Any]) -> None:
    """Put what `make` returns in the place of a function of MiniStack's, with which it is called; it must be there."""
    found = import_module(f"ministack.{module}")
    setattr(found, name, make(getattr(found, name)))


def forget_expired(owner: Json) -> None:
    """Drop what a FIFO queue or topic remembers of messages of more than five minutes ago.

    MiniStack goes through all messages of the last five minutes with each new one. They are in the order in which they
    expire, so only the first need be looked at.
    """
    remembered: Json = owner.setdefault("dedup_cache", {})
    now = time.time()
    for message in list(itertools.takewhile(lambda each: remembered[each]["expire"] <= now, remembered)):
        del remembered[message]


def completing_once(complete: Callable[[Json], None]) -> Callable[[Json], None]:
    """Return what adds the missing fields to a message, once for each; MiniStack does it to all with each receive."""

    def completed(message: Json) -> None:
        if "completed" not in message:
            complete(message)
            message["completed"] = True

    return completed


def parsing_once(parse: Callable[[str, list[Json]], Json]) -> Callable[[str, list[Json]], Json]:
    """Return what parses a PartiQL statement; MiniStack has the same one parsed twice, one time after the other."""
    last: tuple[str, list[Json], Json] | None = None

    def parsed(statement: str, parameters: list[Json]) -> Json:
        nonlocal last
        if last is None or last[0] != statement or last[1] is not parameters:
            last = (statement, parameters, parse(statement, parameters))
        return last[2]

    return parsed


def form_reader() -> Callable[..., Form]:
    """Return a `parse_qs` that reads the same form once; MiniStack has it read to find the service, and by SNS."""
    read = lru_cache(maxsize=1)(parse_qs)

    def form(text: str, keep_blank_values: bool = False) -> Form:
        fields = read(text, keep_blank_values=True).items()
        filled = ((name, [value for value in values if value or keep_blank_values]) for name, values in fields)
        return {name: values for name, values in filled if values}

    return form

"""Makes MiniStack faster by avoiding repeated work.

Each function here replaces one of MiniStack's, or wraps it. Those are private to MiniStack, whose version is pinned;
if one no longer exists, the emulator does not start.
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
    """Replace all of these functions of MiniStack."""
    replace("services.sqs", "_prune_dedup", lambda _: forget_expired)
    replace("services.sns", "_prune_sns_dedup", lambda _: forget_expired)
    replace("services.sqs", "_ensure_msg_fields", completing_once)
    # A program has few statements, with parameters that change.
    replace("services._dynamodb_keywords", "_tokenize", lru_cache(maxsize=256))
    replace("services.dynamodb", "_parse_partiql", parsing_once)
    read = form_reader()
    replace("app", "parse_qs", lambda _: read)
    replace("services.sns", "parse_qs", lambda _: read)


def replace(module: str, name: str, make: Callable[[Any], Any]) -> None:
    """Replace a function of MiniStack, which must exist, by what `make` returns when it is called with the function."""
    owner = import_module(f"ministack.{module}")
    setattr(owner, name, make(getattr(owner, name)))


def forget_expired(owner: Json) -> None:
    """Drop what a FIFO queue or topic remembers of messages that are older than five minutes.

    For each new message, MiniStack looks at all of the last five minutes. They are in the order in which they expire,
    so only the first need be checked.
    """
    remembered: Json = owner.setdefault("dedup_cache", {})
    now = time.time()
    for message in list(itertools.takewhile(lambda each: remembered[each]["expire"] <= now, remembered)):
        del remembered[message]


def completing_once(complete: Callable[[Json], None]) -> Callable[[Json], None]:
    """Return a function that adds missing fields to a message once; MiniStack adds them to all with each receive."""

    def completed(message: Json) -> None:
        if "completed" not in message:
            complete(message)
            message["completed"] = True

    return completed


def parsing_once(parse: Callable[[str, list[Json]], Json]) -> Callable[[str, list[Json]], Json]:
    """Return a function that parses a PartiQL statement once; MiniStack parses each twice in succession."""
    last: tuple[str, list[Json], Json] | None = None

    def parsed(statement: str, parameters: list[Json]) -> Json:
        nonlocal last
        if last is None or last[0] != statement or last[1] is not parameters:
            last = (statement, parameters, parse(statement, parameters))
        return last[2]

    return parsed


def form_reader() -> Callable[..., Form]:
    """Return a `parse_qs` that reads a form once; MiniStack reads it to find the AWS service, and again in SNS."""
    read = lru_cache(maxsize=1)(parse_qs)

    def form(text: str, keep_blank_values: bool = False) -> Form:
        fields = read(text, keep_blank_values=True).items()
        filled = ((name, [value for value in values if value or keep_blank_values]) for name, values in fields)
        return {name: values for name, values in filled if values}

    return form

"""Keeps MiniStack from doing with each call what grows with all that it stores; has it tell of changes, and refuse what
API Gateway refuses: calls beyond a stage's limits, and calls without the signature that a route asks for.

Each function here replaces one of MiniStack's, or wraps it. Those are private to MiniStack, whose version is pinned;
if one no longer exists, the emulator does not start. These faults have not been reported to MiniStack yet.
"""

import itertools
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from runtime.local.emulator.changes import telling
from runtime.local.emulator.signatures import verified
from runtime.local.emulator.throttles import throttled

Json = dict[str, Any]


def install() -> None:
    """Replace all of these functions of MiniStack."""
    replace("services.sqs", "_prune_dedup", lambda _: forget_expired)
    replace("services.sns", "_prune_sns_dedup", lambda _: forget_expired)
    replace("services.sqs", "_ensure_msg_fields", completing_once)
    replace("services.apigateway", "_handle_execute_in_scope", verified)
    replace("services.apigateway", "_handle_execute_in_scope", throttled)
    replace("services.ecs", "_dispatch_action", telling)


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

"""`python -m runtime.local.server`: the emulator's own process, MiniStack where it is slow made faster."""

import functools
import gc
import itertools
import runpy
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import uvloop


def main() -> None:
    """Run MiniStack until it is told to stop."""
    uvloop.install()
    gc.set_threshold(50_000, 20, 100)  # what it keeps, it keeps: looking through all of it again and again is in vain
    replace("sqs", "_prune_dedup", lambda _: forget_expired)
    replace("sns", "_prune_sns_dedup", lambda _: forget_expired)
    # It reads each PartiQL statement twice; a program has few of them, with ever other parameters.
    replace("_dynamodb_keywords", "_tokenize", functools.lru_cache(maxsize=256))
    runpy.run_module("ministack", run_name="__main__")


def replace(service: str, name: str, make: Callable[[Any], Any]) -> None:
    """Put what `make` returns in the place of a function of MiniStack's, with which it is called; it must be there."""
    module = import_module(f"ministack.services.{service}")
    setattr(module, name, make(getattr(module, name)))


def forget_expired(owner: dict[str, Any]) -> None:
    """Drop what a FIFO queue or topic remembers of messages of more than five minutes ago.

    MiniStack goes through all messages of the last five minutes with each new one. They are in the order in which they
    expire, so only the first need be looked at.
    """
    remembered: dict[str, Any] = owner.setdefault("dedup_cache", {})
    now = time.time()
    for message in list(itertools.takewhile(lambda each: remembered[each]["expire"] <= now, remembered)):
        del remembered[message]


if __name__ == "__main__":
    main()

"""`python -m runtime.local.server`: the emulator's own process, MiniStack where it is slow made faster."""

import gc
import itertools
import runpy
import time
from typing import Any

import uvloop
from ministack.services import sns, sqs  # pyright: ignore # without types


def main() -> None:
    """Run MiniStack until it is told to stop."""
    uvloop.install()
    gc.set_threshold(50_000, 20, 100)  # what it keeps, it keeps: looking through all of it again and again is in vain
    for service, prune in ((sqs, "_prune_dedup"), (sns, "_prune_sns_dedup")):
        getattr(service, prune)  # an error where a later MiniStack has another name for it
        setattr(service, prune, forget_expired)
    runpy.run_module("ministack", run_name="__main__")


def forget_expired(owner: dict[str, Any]) -> None:
    """Drop what a FIFO queue or topic remembers of messages of more than five minutes ago, in MiniStack's place.

    It goes through all messages of the last five minutes with each new one. They are in the order in which they expire,
    so only the first need be looked at.
    """
    remembered: dict[str, Any] = owner.setdefault("dedup_cache", {})
    now = time.time()
    for message in list(itertools.takewhile(lambda each: remembered[each]["expire"] <= now, remembered)):
        del remembered[message]


if __name__ == "__main__":
    main()

"""`python -m runtime.local.emulator.server`: the emulator's own process."""

import gc
import runpy

import uvloop

from runtime.local.emulator import quicker


def main() -> None:
    """Run MiniStack until it is told to stop."""
    uvloop.install()
    gc.set_threshold(50_000, 20, 100)  # what it keeps, it keeps: looking through all of it again and again is in vain
    quicker.install()
    runpy.run_module("ministack", run_name="__main__")


if __name__ == "__main__":
    main()

"""`python -m runtime.local.emulator.server`: the emulator's own process."""

import gc
import runpy

import uvloop

from runtime.local.emulator import quicker


def main() -> None:
    """Run MiniStack until it is stopped."""
    uvloop.install()
    gc.set_threshold(50_000, 20, 100)  # it keeps nearly all its objects: frequent collections find little
    quicker.install()
    runpy.run_module("ministack", run_name="__main__")


if __name__ == "__main__":
    main()

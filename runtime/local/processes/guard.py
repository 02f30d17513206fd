"""Runs a command that must not outlive its parent: `... runtime.local.processes.guard PARENT NICENESS COMMAND...`.

The kernel signals the command when its parent's thread ends, even if the parent was killed. Only Linux does that;
on other systems the command simply runs.
"""

import os
import signal
import sys

from runtime import linux


def command(*arguments: str, niceness: int = 0) -> list[str]:
    """Return the command line that runs `arguments` guarded by the calling process, with its niceness raised."""
    return [sys.executable, "-m", "runtime.local.processes.guard", str(os.getpid()), str(niceness), *arguments]


def main() -> None:
    """Set the death signal and the priority, then become the command."""
    parent, niceness, *arguments = sys.argv[1:]
    linux.die_with(int(parent), signal.SIGTERM)
    os.nice(int(niceness))
    os.execvp(arguments[0], arguments)  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()

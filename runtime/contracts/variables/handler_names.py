"""The names of the Lambda functions' modules in `runtime.handlers`, by which the program deploys them.

A function's log lines and its metrics carry its name, too.
"""

from typing import Final

CALLBACKS: Final = "callbacks"
CATALOGUE: Final = "catalogue"
CLEANUP: Final = "cleanup"
DEAD_LETTERS: Final = "dead_letters"
FAILURES: Final = "failures"
JOBS: Final = "jobs"
PROVISION: Final = "provision"
PROXY: Final = "proxy"
ROUTER: Final = "router"
SCALER: Final = "scaler"
SIGN: Final = "sign"
SWEEPER: Final = "sweeper"
SYSTEM: Final = "system"
TRACES: Final = "traces"

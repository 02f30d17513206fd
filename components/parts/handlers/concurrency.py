"""The shares of a stack's functions in its concurrent executions.

A long poll holds one execution for up to 20 seconds. Without shares, waiting clients would take all executions, and no
job would be accepted, shown or ended.
"""

from runtime.contracts.variables import handler_names

# AWS keeps the last 100 of an account unreserved: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
UNRESERVED = 100
SHARES = {handler_names.ROUTER: 50, handler_names.JOBS: 20, handler_names.DEAD_LETTERS: 10, handler_names.SCALER: 2}
POLLS = handler_names.PROXY
# With fewer polls, shares would keep out more clients than they let through.
FEWEST_POLLS = 20


def reservations(available: int, clients: int) -> dict[str, int]:
    """Return the executions that are reserved for each handler; none if `available` is too low.

    The reservation for polls is also their maximum: each of the stack's `clients` polls once at a time.
    """
    polls = min(available - UNRESERVED - sum(SHARES.values()), clients)
    return {**SHARES, POLLS: polls} if polls >= FEWEST_POLLS else {}


def least() -> int:
    """Return the fewest executions from which shares are reserved."""
    return UNRESERVED + sum(SHARES.values()) + FEWEST_POLLS

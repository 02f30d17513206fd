"""How the concurrent executions that a stack may reckon with are shared among its functions.

A long poll holds one execution for up to 20 seconds. Without shares, clients that wait would take all of them, and no
job would be accepted, looked at or ended.
"""

# AWS lets nobody reserve the last of an account's: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
UNRESERVED = 100
SHARES = {"router": 50, "jobs": 20, "dead_letters": 10, "scaler": 2}
POLLS = "proxy"
# With less for polls, shares would keep more clients out than they let through.
FEWEST_POLLS = 20


def reservations(available: int, clients: int) -> dict[str, int]:
    """Return what is reserved for each handler; nothing if `available` is too little.

    For polls a reservation is a cap, too: each of the `clients` that the stack takes polls once at a time.
    """
    polls = min(available - UNRESERVED - sum(SHARES.values()), clients)
    return {**SHARES, POLLS: polls} if polls >= FEWEST_POLLS else {}


def least() -> int:
    """Return from how many on there are reservations."""
    return UNRESERVED + sum(SHARES.values()) + FEWEST_POLLS

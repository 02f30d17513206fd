"""Starts the first task of a service that stands at zero, rather than let a job wait minutes for an alarm."""

import time
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import keys
from runtime.handlers import store
from runtime.handlers.clients import client

# A service that had a job in the last minute is not at zero: AWS waits for minutes without any.
EVERY_SECONDS: Final = 60
_looked: dict[str, float] = {}


def wake(algorithm: str, route: store.Item) -> str:
    """Return what was done: "woken", "awake", "recent" where somebody looked within a minute, or what went wrong.

    Never raises: the job is on its queue, and an alarm starts the task where this does not.
    """
    try:
        if not _my_turn(algorithm):
            return "recent"
        ecs = client("ecs")
        where = {"cluster": route["cluster"], "service": route["service"]}
        found = ecs.describe_services(cluster=where["cluster"], services=[where["service"]])["services"]
        if not found:
            return f"no service {where['service']}"
        if found[0]["desiredCount"] > 0:
            return "awake"
        ecs.update_service(desiredCount=1, **where)
    except (BotoCoreError, ClientError) as error:
        return f"{type(error).__name__}: {error}"
    return "woken"


def _my_turn(algorithm: str) -> bool:
    """Return whether nobody, in this process or another, has looked within a minute; then it is noted that we do."""
    now = time.monotonic()
    if now - _looked.get(algorithm, -EVERY_SECONDS) < EVERY_SECONDS:
        return False
    _looked[algorithm] = now
    # An item of its own: the route is the deployment's, which would see an attribute more as a change to undo.
    note: store.Item = {"pk": keys.wake(algorithm), "woken_at": store.now_ms(), "expires": store.expires(EVERY_SECONDS)}
    return store.put_new(note)

"""AWS's limits on what one stack may hold, checked before its first resource. docs/operations.md has all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pulumi

from components.names import client_queue_prefix

# What AWS allows on one FIFO topic: results queues of one distribution's algorithms, or clients of one shard.
SUBSCRIPTIONS_PER_TOPIC = 100
QUEUE_NAME = 80
# What follows the prefix in the name of a client's queue: its id, and how a FIFO queue's name ends.
CLIENT_SUFFIX = 16 + len(".fifo")


@dataclass(frozen=True, slots=True)
class Quota:
    """What an account has until more is asked for, and how much of it a stack takes."""

    what: str
    default: int
    fixed: int
    per_algorithm: int = 0
    per_distribution: int = 0

    def taken(self, algorithms: int, distributions: int) -> int:
        """Return how much a stack takes."""
        return self.fixed + self.per_algorithm * algorithms + self.per_distribution * distributions


# The fixed parts are the most that a configuration takes.
QUOTAS = (
    Quota("IAM roles", 1000, fixed=10, per_algorithm=2),
    Quota("SNS FIFO topics", 1000, fixed=24, per_distribution=1),
    Quota("scalable targets of ECS", 3000, fixed=0, per_algorithm=1),
    # two of each algorithm's are made by AWS for target tracking
    Quota("CloudWatch alarms", 5000, fixed=11, per_algorithm=7),
    Quota("services in the cluster", 5000, fixed=1, per_algorithm=1),
)


class LimitError(pulumi.RunError):
    """The stack would pass what AWS takes; the message says everything that does."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("AWS would refuse this stack:\n" + "\n".join(f"  - {fault}" for fault in faults))


def check(distributions: Mapping[str, Collection[object]]) -> None:
    """Raise LimitError where AWS would refuse the stack; warn where it takes more than an account has at first.

    `distributions` are the installed ones, by name, with the algorithms of each.
    """
    faults = [
        f"{name} registers {len(algorithms)} algorithms, whose results queues subscribe to one topic, and AWS takes "
        f"{SUBSCRIPTIONS_PER_TOPIC} subscriptions on a FIFO topic: split it into several distributions."
        for name, algorithms in distributions.items()
        if len(algorithms) > SUBSCRIPTIONS_PER_TOPIC
    ]
    longest = len(client_queue_prefix()) + CLIENT_SUFFIX
    if longest > QUEUE_NAME:
        faults.append(
            f"clients' queues would be called {client_queue_prefix()}..., {longest} characters in all, and SQS takes "
            f"{QUEUE_NAME}: give the stack a shorter name."
        )
    if faults:
        raise LimitError(faults)
    for quota in QUOTAS:
        taken = quota.taken(sum(map(len, distributions.values())), len(distributions))
        if taken > quota.default:
            pulumi.warn(f"The stack takes {taken} {quota.what}; an account has {quota.default} until more are granted.")

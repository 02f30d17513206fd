"""AWS's limits on what one stack may hold, checked before its first resource. docs/operations.md has all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# AWS's limit for one FIFO topic: results queues of one distribution's algorithms, or clients of one shard.
SUBSCRIPTIONS_PER_TOPIC = 100


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota that an account can have raised: its default, and how much of it a stack takes."""

    what: str
    default: int
    fixed: int
    per_algorithm: int = 0
    per_distribution: int = 0
    per_shard: int = 0

    def taken(self, algorithms: int, distributions: int, shards: int) -> int:
        """Return how much a stack takes at most."""
        fixed = self.fixed + self.per_shard * shards
        return fixed + self.per_algorithm * algorithms + self.per_distribution * distributions


# The fixed parts are the most that a configuration takes.
QUOTAS = (
    Quota("IAM roles", 1000, fixed=16, per_algorithm=2),
    Quota("SNS FIFO topics", 1000, fixed=0, per_distribution=1, per_shard=1),
    # https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
    Quota("SNS filter policies", 10_000, fixed=0, per_algorithm=1, per_shard=SUBSCRIPTIONS_PER_TOPIC),
    Quota("CloudWatch alarms", 5000, fixed=22, per_algorithm=3),
    Quota("services in the cluster", 5000, fixed=1, per_algorithm=1),
)


def faults(distributions: Mapping[str, Collection[object]], *, beside: Sequence[str] = ()) -> list[str]:
    """Return what AWS would refuse; `distributions` are the installed ones by name, each with its algorithms.

    The queues `beside` subscribe to each topic as well.
    """
    also = f" beside the queue of {' and of '.join(beside)}" if beside else ""
    return [
        f"{name} registers {len(algorithms)} algorithms, whose results queues subscribe to one topic{also}, and AWS "
        f"takes {SUBSCRIPTIONS_PER_TOPIC} subscriptions on a FIFO topic: split it into several distributions."
        for name, algorithms in distributions.items()
        if len(algorithms) + len(beside) > SUBSCRIPTIONS_PER_TOPIC
    ]


def warnings(distributions: Mapping[str, Collection[object]], shards: int) -> list[str]:
    """Return a sentence for each quota of which the stack takes more than an account has at first."""
    algorithms = sum(map(len, distributions.values()))
    taken = {quota: quota.taken(algorithms, len(distributions), shards) for quota in QUOTAS}
    return [
        f"The stack takes {number} {quota.what}; an account has {quota.default} until more are granted."
        for quota, number in taken.items()
        if number > quota.default
    ]

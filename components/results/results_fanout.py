"""The results topics: shards for the clients' queues, and one for the algorithms of each distribution."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption
from components.jobs_table import JobsTable
from components.parts.limits import SUBSCRIPTIONS_PER_TOPIC
from components.parts.names import logical_name
from components.parts.policies import topic_may_send
from runtime.contracts import shard_topics

TWO_WEEKS = 14 * 24 * 3600
# What stands in a shard's name between the jobs table's name and the number.
NAME = "-results-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFanoutArgs:
    """Arguments of a ResultsFanout."""

    shards: int
    """Number of topics for clients."""
    distributions: Iterable[str]
    """Names of the installed distributions; the results queues of each one's algorithms subscribe to its topic."""
    jobs_table: JobsTable
    """The jobs table, which no other stack has: the shards are named after it."""
    encryption: Encryption
    """How the topics are encrypted."""


class ResultsFanout(pulumi.ComponentResource):
    """FIFO topics: a result goes to the shard of its client, then to the topic of its algorithm's distribution.

    A shard's physical name is the jobs table's and the shard's number, so that one pattern names all of them in a
    policy, and a function or a task needs no list. The topics of an earlier release keep the names that they have.
    """

    shards: list[aws.sns.Topic]
    distributions: dict[str, aws.sns.Topic]
    undelivered: aws.sqs.Queue
    clients_per_shard = SUBSCRIPTIONS_PER_TOPIC

    @property
    def capacity(self) -> int:
        """Return how many clients the stack takes."""
        return len(self.shards) * self.clients_per_shard

    def __init__(self, name: str, args: ResultsFanoutArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:ResultsFanout", name, {}, opts)
        self._table = args.jobs_table.table.name
        self.shards = [self._shard(f"{name}-{number}", number, args.encryption) for number in range(args.shards)]
        self.distributions = {
            distribution: self._topic(f"{logical_name(distribution)}-{name}", args.encryption)
            for distribution in args.distributions
        }
        named = pulumi.Output.all(self._table, *self.shard_arns[: shard_topics.EARLIER]).apply(_with_prefix)
        self.undelivered, policy = self._undelivered(f"{name}-undelivered", args.encryption, _resources(named))
        # Known once every topic is there, which the queue's policy waits for: whoever waits for this would otherwise
        # have each of 900 topics among its own dependencies.
        self._named = pulumi.Output.all(named, policy.id).apply(lambda known: known[0])
        self.register_outputs({"shardArns": self.shard_arns})

    @property
    def shard_resources(self) -> pulumi.Output[list[str]]:
        """Return what names every shard in a policy: a pattern, and the topics that an earlier release named.

        A role's inline policies take 10,240 characters together, which 900 ARNs do not fit in:
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. The number of the pattern's
        characters is fixed, and a table's name belongs to one stack: it fits no topic of another.
        """
        return _resources(self._named)

    @property
    def environment(self) -> dict[str, pulumi.Input[str]]:
        """Return the variables that name the shards; an earlier release reads the list alone, while it still runs."""
        return {
            shard_topics.PREFIX: self._named.apply(lambda known: known[1]),
            shard_topics.COUNT: str(len(self.shards)),
            shard_topics.NAMED: self._named.apply(lambda known: json.dumps(known[0])),
        }

    @property
    def shard_arns(self) -> list[pulumi.Output[str]]:
        """Return the ARNs of the clients' topics; a shard's number is its index."""
        return [topic.arn for topic in self.shards]

    def _undelivered(
        self, name: str, encryption: Encryption, topics: pulumi.Output[list[str]]
    ) -> tuple[aws.sqs.Queue, aws.sqs.QueuePolicy]:
        """Make the queue of results that SNS could not deliver to a client queue; a FIFO topic needs a FIFO queue."""
        queue = aws.sqs.Queue(
            name,
            fifo_queue=True,
            content_based_deduplication=False,
            deduplication_scope="messageGroup",
            fifo_throughput_limit="perMessageGroupId",
            message_retention_seconds=TWO_WEEKS,
            **encryption.of_queue(),
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = aws.sqs.QueuePolicy(
            f"{name}-policy",
            queue_url=queue.url,
            policy=topic_may_send(queue.arn, topics),
            opts=pulumi.ResourceOptions(parent=self, depends_on=self.shards),
        )
        return queue, policy

    def _shard(self, name: str, number: int, encryption: Encryption) -> aws.sns.Topic:
        physical = pulumi.Output.concat(self._table, NAME, shard_topics.suffix(number))
        # only a topic that there is keeps its name: a new one takes the given one
        keeping = ["name"] if number < shard_topics.EARLIER else []
        opts = pulumi.ResourceOptions(parent=self, ignore_changes=keeping, delete_before_replace=True)
        return self._topic(name, encryption, opts, physical)

    def _topic(
        self,
        name: str,
        encryption: Encryption,
        opts: pulumi.ResourceOptions | None = None,
        physical: pulumi.Input[str] | None = None,
    ) -> aws.sns.Topic:
        return aws.sns.Topic(
            name,
            name=physical,
            fifo_topic=True,
            content_based_deduplication=False,
            # the default would share one quota among all message groups
            fifo_throughput_scope="MessageGroup",
            **encryption.of_topic(),
            opts=opts or pulumi.ResourceOptions(parent=self),
        )


def _with_prefix(known: Sequence[str]) -> tuple[list[str], str]:
    """Return the ARNs that an earlier release named, and the prefix of all others; the table's name comes first."""
    table, *arns = known
    prefix = f"{arns[0].rsplit(':', 1)[0]}:{table}{NAME}"
    return shard_topics.named(arns, prefix), prefix


def _resources(named: pulumi.Output[tuple[list[str], str]]) -> pulumi.Output[list[str]]:
    return named.apply(lambda known: [*known[0], shard_topics.pattern(known[1])])

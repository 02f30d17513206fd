"""The results topics: shards for the clients' queues, and one for the algorithms of each distribution."""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption
from components.parts.limits import SUBSCRIPTIONS_PER_TOPIC
from components.parts.names import logical_name
from components.parts.policies import topic_may_send

TWO_WEEKS = 14 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFanoutArgs:
    """Arguments of a ResultsFanout."""

    shards: int
    """Number of topics for clients."""
    distributions: Iterable[str]
    """Names of the installed distributions; the results queues of each one's algorithms subscribe to its topic."""
    encryption: Encryption
    """How the topics are encrypted."""


class ResultsFanout(pulumi.ComponentResource):
    """FIFO topics: a result goes to the shard of its client, then to the topic of its algorithm's distribution."""

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
        self.shards = [self._topic(f"{name}-{shard}", args.encryption) for shard in range(args.shards)]
        self.distributions = {
            distribution: self._topic(f"{logical_name(distribution)}-{name}", args.encryption)
            for distribution in args.distributions
        }
        self.undelivered = self._undelivered(f"{name}-undelivered", args.encryption)
        self.register_outputs({"shardArns": self.shard_arns})

    @property
    def shard_arns(self) -> list[pulumi.Output[str]]:
        """Return the ARNs of the clients' topics; a shard's number is its index."""
        return [topic.arn for topic in self.shards]

    def _undelivered(self, name: str, encryption: Encryption) -> aws.sqs.Queue:
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
        aws.sqs.QueuePolicy(
            f"{name}-policy",
            queue_url=queue.url,
            policy=topic_may_send(queue.arn, *self.shard_arns),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return queue

    def _topic(self, name: str, encryption: Encryption) -> aws.sns.Topic:
        return aws.sns.Topic(
            name,
            fifo_topic=True,
            content_based_deduplication=False,
            # the default would share one quota among all message groups
            fifo_throughput_scope="MessageGroup",
            **encryption.of_topic(),
            opts=pulumi.ResourceOptions(parent=self),
        )

"""The results topics: a FIFO topic takes 100 subscriptions, so results are spread over shards."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption

# What AWS allows on one FIFO topic.
SUBSCRIPTIONS_PER_TOPIC = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsFanoutArgs:
    """Arguments of a ResultsFanout."""

    shards: int
    """Number of topics."""
    algorithms: int
    """Number of installed algorithms; the results queue of each subscribes to every topic."""
    encryption: Encryption
    """How the topics are encrypted."""

    def __post_init__(self) -> None:
        if self.clients_per_shard < 1:
            raise ValueError(
                f"{self.algorithms} algorithms are installed, and each subscribes to every results topic, which takes "
                f"{SUBSCRIPTIONS_PER_TOPIC} subscriptions: no client would find room. Spread them over several stacks."
            )

    @property
    def clients_per_shard(self) -> int:
        """How many clients' queues find room on one topic."""
        return SUBSCRIPTIONS_PER_TOPIC - self.algorithms


class ResultsFanout(pulumi.ComponentResource):
    """`shards` FIFO topics to which every algorithm's results queue and each client's queue subscribe."""

    topics: list[aws.sns.Topic]
    clients_per_shard: int

    def __init__(self, name: str, args: ResultsFanoutArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:ResultsFanout", name, {}, opts)
        self.clients_per_shard = args.clients_per_shard
        self.topics = [
            aws.sns.Topic(
                f"{name}-{shard}",
                fifo_topic=True,
                content_based_deduplication=False,
                # the default would share one quota among all message groups
                fifo_throughput_scope="MessageGroup",
                **args.encryption.of_topic(),
                opts=pulumi.ResourceOptions(parent=self),
            )
            for shard in range(args.shards)
        ]
        self.register_outputs({"topicArns": self.topic_arns})

    @property
    def topic_arns(self) -> list[pulumi.Output[str]]:
        """The topics' ARNs; a shard's number is its index."""
        return [topic.arn for topic in self.topics]

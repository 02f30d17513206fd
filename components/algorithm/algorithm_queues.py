"""One algorithm's queues: requests and what overflows, with their dead letters, and results."""

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption
from components.parts.policies import topic_may_send

TWO_WEEKS = 14 * 24 * 3600
# A Lambda function reads the dead letters; AWS advises six times its timeout.
DEAD_LETTER_LEASE = 180

# A distant backstop: the worker counts attempts, and a receive is no attempt. SQS takes up to 1000.
MOST_RECEIVES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmQueuesArgs:
    """Arguments of AlgorithmQueues."""

    algorithm: str
    """The algorithm's name, as messages carry it."""
    lease_seconds: int
    """Visibility timeout: how long a worker holds a job without a sign of life."""
    topic_arn: pulumi.Input[str]
    """The topic of the algorithm's distribution, from which the results queue takes this algorithm's results."""
    encryption: Encryption
    """How the queues are encrypted."""
    protect: bool = True
    """Whether the engine refuses to delete the queues."""


class AlgorithmQueues(pulumi.ComponentResource):
    """Encrypted high-throughput FIFO queues; only the distribution's topic may write to the results queue."""

    requests: aws.sqs.Queue
    overflow: aws.sqs.Queue
    received: tuple[aws.sqs.Queue, ...]
    """Those from which workers receive: the two above."""
    dead_letters: aws.sqs.Queue
    results: aws.sqs.Queue

    def __init__(self, name: str, args: AlgorithmQueuesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:AlgorithmQueues", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.dead_letters = self._queue(f"{name}-dead-letters", args, visibility_timeout_seconds=DEAD_LETTER_LEASE)
        redrive = {"deadLetterTargetArn": self.dead_letters.arn, "maxReceiveCount": MOST_RECEIVES}
        # By its name, the pattern in the functions' roles that fits the one fits the other.
        self.requests, self.overflow = (
            self._queue(
                f"{name}-{role}",
                args,
                visibility_timeout_seconds=args.lease_seconds,
                redrive_policy=pulumi.Output.json_dumps(redrive, sort_keys=True),
            )
            for role in ("requests", "requests-overflow")
        )
        self.received = (self.requests, self.overflow)
        sources = {"redrivePermission": "byQueue", "sourceQueueArns": [queue.arn for queue in self.received]}
        aws.sqs.RedriveAllowPolicy(
            f"{name}-dead-letters-from",
            queue_url=self.dead_letters.url,
            redrive_allow_policy=pulumi.Output.json_dumps(sources, sort_keys=True),
            opts=child,
        )
        self.results = self._queue(f"{name}-results", args)
        policy = aws.sqs.QueuePolicy(
            f"{name}-results-policy",
            queue_url=self.results.url,
            policy=topic_may_send(self.results.arn, args.topic_arn),
            opts=child,
        )
        aws.sns.TopicSubscription(
            f"{name}-results-subscription",
            topic=args.topic_arn,
            protocol="sqs",
            endpoint=self.results.arn,
            raw_message_delivery=True,
            filter_policy=json.dumps({"algorithm": [args.algorithm]}),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.register_outputs({"requestsUrl": self.requests.url, "resultsUrl": self.results.url})

    def _queue(self, name: str, args: AlgorithmQueuesArgs, **settings: Any) -> aws.sqs.Queue:
        return aws.sqs.Queue(
            name,
            fifo_queue=True,
            content_based_deduplication=False,
            # together these are high-throughput mode
            deduplication_scope="messageGroup",
            fifo_throughput_limit="perMessageGroupId",
            message_retention_seconds=TWO_WEEKS,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
            **args.encryption.of_queue(),
            **settings,
        )

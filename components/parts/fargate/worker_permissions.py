"""What the workers of an algorithm may do."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.parts.policies import allow
from runtime.contracts import keys


def worker_permissions(
    *,
    queue_arns: Sequence[pulumi.Input[str]],
    shard_resources: pulumi.Output[list[str]],
    topic_arn: pulumi.Input[str],
    table_arn: pulumi.Input[str],
    output_bucket_arn: pulumi.Input[str],
    inputs: Sequence[dict[str, object]],
    cluster: aws.ecs.Cluster,
    key_arn: pulumi.Input[str] | None,
) -> list[dict[str, object]]:
    """Return the statements of a worker's role.

    Parameters
    ----------
    queue_arns : the queues that it receives from.
    shard_resources : the clients' results topics.
    topic_arn : the topic of the distribution's results.
    table_arn : the jobs table, of which it reaches jobs alone.
    output_bucket_arn : the bucket of results.
    inputs : statements that let it read what it processes.
    cluster : where it runs.
    key_arn : the key of queues and topics, if it is the stack's own.
    """
    concat = pulumi.Output.concat
    tasks = cluster.arn.apply(lambda arn: arn.split(":cluster/")[0])
    return [
        *([allow(["kms:Decrypt", "kms:GenerateDataKey"], [key_arn])] if key_arn else []),
        allow(
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
            queue_arns,
        ),
        allow(["sns:Publish"], shard_resources),
        allow(["sns:Publish"], [topic_arn]),
        allow(
            ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PartiQLUpdate", "dynamodb:UpdateItem"],
            [table_arn],
            # jobs alone: neither clients nor where an algorithm's queues are
            conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [keys.job("*")]}},
        ),
        *inputs,
        allow(["s3:ListBucket"], [output_bucket_arn]),
        allow(["s3:GetObject", "s3:PutObject"], [concat(output_bucket_arn, "/results/*")]),
        allow(
            ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
            # every task of this cluster: only the task itself knows its id
            [concat(tasks, ":task/", cluster.name, "/*")],
        ),
    ]

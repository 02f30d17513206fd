"""The permissions of each handler: the AWS actions that its code calls, on the resources that it uses."""

import pulumi

from components.parts.handlers.surroundings import Statements, Surroundings, each, index
from components.parts.policies import allow
from runtime.contracts import keys
from runtime.contracts.variables import handler_names

# The handlers that end jobs without a worker. Each distribution's topic has a policy that lets them publish: there may
# be hundreds of topics, and a role's policy has no room to name them.
PUBLISHERS = (handler_names.DEAD_LETTERS, handler_names.JOBS, handler_names.PROVISION, handler_names.SWEEPER)


def permissions(around: Surroundings) -> dict[str, Statements]:
    """Return the statements of each handler."""
    table = [around.table_arn]
    outputs: list[pulumi.Input[str]] = [pulumi.Output.concat(around.bucket_arn, "/results/*")]
    seen = allow(["dynamodb:GetItem", "dynamodb:UpdateItem"], table)
    write = allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], table)
    write_and_delete = allow(
        ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], table
    )
    # The jobs of a batch are written and marked 25 in a call.
    insert, mark = ["dynamodb:PartiQLInsert"], ["dynamodb:PartiQLUpdate"]
    # Sending to or reading from an encrypted queue or topic needs the key, too.
    key = [allow(["kms:Decrypt", "kms:GenerateDataKey"], [around.key_arn])] if around.key_arn else []
    hand_over = [allow(["sqs:SendMessage"], [around.traces_arn])] if around.traces_arn else []
    return {
        handler_names.ROUTER: [
            write,
            # counts the caller's open jobs
            allow(["dynamodb:BatchGetItem", *insert, *mark], table),
            allow(["dynamodb:Query"], [index(around, keys.UNPUBLISHED)]),
            *each(["sqs:SendMessage"], around.request_queue_arns, around, "-requests-*.fifo"),
            # pokes the scaler, so that a service at zero starts its first task
            allow(["lambda:InvokeFunction"], [around.scaler_arn]),
            # writes where a callback goes, and may not read it
            *([allow(["dynamodb:PutItem"], [around.callbacks_arn])] if around.callbacks_arn else []),
            *hand_over,
            *key,
        ],
        handler_names.PROVISION: [
            write_and_delete,
            allow(["dynamodb:BatchGetItem", *insert], table),
            allow(
                [
                    "sqs:CreateQueue",
                    "sqs:DeleteQueue",
                    "sqs:GetQueueAttributes",
                    "sqs:GetQueueUrl",
                    "sqs:SetQueueAttributes",
                    "sqs:TagQueue",
                ],
                [around.client_queues_arn],
            ),
            allow(["sns:ListSubscriptionsByTopic", "sns:Publish", "sns:Subscribe"], around.shards),
            # the manifest of a job whose end is published again; without the second a missing one would look forbidden
            allow(["s3:GetObject"], outputs),
            allow(["s3:ListBucket"], [around.bucket_arn]),
            # finds the open jobs of a client that leaves, to cancel them
            allow(["dynamodb:Query"], [index(around, keys.UNPUBLISHED), index(around, keys.BY_SUBJECT)]),
            *key,
            # This action takes no resource; the handler checks that the subscription is the caller's.
            allow(["sns:Unsubscribe"], ["*"]),
        ],
        handler_names.PROXY: [
            seen,
            allow(
                ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
                [around.client_queues_arn],
            ),
            allow(["s3:GetObject"], outputs),
            *hand_over,
            *key,
        ],
        handler_names.SIGN: [seen, allow(["s3:GetObject"], outputs)],
        handler_names.JOBS: [
            seen,
            # a batch that is cancelled before all of its jobs are made has them made first
            allow(["dynamodb:BatchGetItem", *insert], table),
            allow(["dynamodb:Query"], [index(around, keys.BY_CLIENT), index(around, keys.UNPUBLISHED)]),
            allow(["s3:GetObject"], outputs),
            allow(["s3:ListBucket"], [around.bucket_arn]),  # without it a missing manifest would look forbidden
            allow(["sns:Publish"], around.shards),
            *key,
        ],
        handler_names.CATALOGUE: [],
        handler_names.FAILURES: [
            write,
            allow(["dynamodb:BatchGetItem"], table),
            # the second to count the open jobs of a client whose job is sent anew
            allow(["dynamodb:Query"], [index(around, keys.FAILED), index(around, keys.UNPUBLISHED)]),
            *each(["sqs:SendMessage"], around.request_queue_arns, around, "-requests-*.fifo"),
            allow(["lambda:InvokeFunction"], [around.scaler_arn]),
            *key,
        ],
        handler_names.SYSTEM: [
            allow(["dynamodb:BatchGetItem", "dynamodb:GetItem"], table),
            allow(["dynamodb:Query"], [index(around, keys.FAILED)]),
            allow(["dynamodb:Scan"], [index(around, keys.BY_CLIENT), index(around, keys.UNPUBLISHED)]),
            # together, as a policy has no room to name more than `EXACT` queues
            *each(
                ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
                [*around.request_queue_arns, *around.dead_letter_arns],
                around,
                ".fifo",
            ),
            allow(
                ["ecs:DescribeServices"],
                [around.services_arn],
                conditions={"ArnEquals": {"ecs:cluster": around.cluster_arn}},
            ),
        ],
        handler_names.CLEANUP: [
            allow(["sqs:DeleteQueue"], [around.client_queues_arn]),
            allow(["sqs:ListQueues"], ["*"]),  # AWS lists all queues of the account, or none
            allow(["dynamodb:BatchGetItem"], table),  # counts the clients on shards that an update would remove
        ],
        handler_names.SWEEPER: [
            write_and_delete,
            allow(["dynamodb:BatchGetItem", *insert, *mark], table),
            allow(["dynamodb:Query", "dynamodb:Scan"], [index(around, keys.UNPUBLISHED)]),
            allow(["s3:GetObject"], outputs),
            allow(["s3:ListBucket"], [around.bucket_arn]),  # without it a missing manifest would look forbidden
            allow(["sns:ListSubscriptionsByTopic", "sns:Publish"], around.shards),
            # clients that have left are removed; AWS knows no resource for the second
            allow(["sqs:DeleteQueue", "sqs:GetQueueUrl"], [around.client_queues_arn]),
            allow(["sns:Unsubscribe"], ["*"]),
            *each(["sqs:SendMessage"], around.request_queue_arns, around, "-requests-*.fifo"),
            *key,
        ],
        handler_names.DEAD_LETTERS: [
            write,
            allow(["s3:GetObject"], outputs),
            allow(["s3:ListBucket"], [around.bucket_arn]),  # without it a missing manifest would look forbidden
            allow(["sns:Publish"], around.shards),
            *each(
                ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                around.dead_letter_arns,
                around,
                "-dead-letters-*.fifo",
            ),
            *key,
        ],
    }

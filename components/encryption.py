"""The encryption at rest of queues and topics: with AWS's own keys, or with one key of the stack's own."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.parts.policies import allow, document

USE = ["kms:Decrypt", "kms:GenerateDataKey*"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptionArgs:
    """Arguments of an Encryption."""

    mode: str
    """sqs: keys that AWS manages; kms: one key of the stack's own."""


class Encryption(pulumi.ComponentResource):
    """With kms, a key that rotates and that SNS may use to deliver to queues, and CloudWatch to raise alarms."""

    key_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: EncryptionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Encryption", name, {}, opts)
        self.key_arn = None
        if args.mode == "kms":
            account = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=self)).account_id
            key = aws.kms.Key(
                name,
                description=f"Queues and topics of {pulumi.get_project()} {pulumi.get_stack()}",
                enable_key_rotation=True,
                deletion_window_in_days=30,
                policy=document(*_statements(account)),
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.key_arn = key.arn
        self.register_outputs({"keyArn": self.key_arn})

    def of_queue(self) -> dict[str, Any]:
        """Return a queue's arguments."""
        if self.key_arn is None:
            return {"sqs_managed_sse_enabled": True}
        # kept for a while, because a call to the key for each message would cost more than the queue
        return {"kms_master_key_id": self.key_arn, "kms_data_key_reuse_period_seconds": 3600}

    def of_topic(self) -> dict[str, Any]:
        """Return the arguments of a topic on which only roles of this account publish."""
        return {"kms_master_key_id": self.key_arn or "alias/aws/sns"}

    def of_alarm_topic(self) -> dict[str, Any]:
        """Return the arguments of a topic on which CloudWatch publishes: it cannot use the key that AWS manages."""
        return {"kms_master_key_id": self.key_arn} if self.key_arn else {}


def _statements(account: str) -> list[dict[str, Any]]:
    mine = {"StringEquals": {"aws:SourceAccount": account}}
    everything = ["*"]  # in a key's policy this means the key itself
    return [
        # IAM decides who in this account may use and manage the key, as in AWS's own default
        allow(["kms:*"], everything, principal={"AWS": f"arn:aws:iam::{account}:root"}),
        allow(USE, everything, principal={"Service": "sns.amazonaws.com"}, conditions=mine),
        allow(USE, everything, principal={"Service": "cloudwatch.amazonaws.com"}, conditions=mine),
    ]

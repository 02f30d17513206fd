"""The jobs table: each job's state, the clients and the routes."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStoreArgs:
    """Arguments of a JobStore."""

    recovery: bool = True
    """Whether the table can be restored to any second of the last 35 days."""
    protect: bool = True
    """Whether the engine and DynamoDB refuse to delete it."""


class JobStore(pulumi.ComponentResource):
    """One DynamoDB table, billed by request, whose items expire by themselves."""

    table: aws.dynamodb.Table

    def __init__(self, name: str, args: JobStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:JobStore", name, {}, opts)
        self.table = aws.dynamodb.Table(
            name,
            hash_key="pk",
            attributes=[aws.dynamodb.TableAttributeArgs(name="pk", type="S")],
            billing_mode="PAY_PER_REQUEST",
            ttl=aws.dynamodb.TableTtlArgs(attribute_name="expires", enabled=True),
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=args.recovery),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True),
            deletion_protection_enabled=args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.register_outputs({"tableName": self.table.name})

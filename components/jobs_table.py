"""The jobs table: each job's state, the clients and the service records."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from runtime.contracts import keys

ATTRIBUTES = {
    "pk": "S",
    **{hash_key: "S" for hash_key, _ in keys.INDEXES.values()},
    **{range_key: "N" for _, range_key in keys.INDEXES.values()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsTableArgs:
    """Arguments of a JobsTable."""

    recovery: bool = True
    """Whether the table can be restored to any second of the last 35 days."""
    protect: bool = True
    """Whether the engine and DynamoDB refuse to delete it."""


class JobsTable(pulumi.ComponentResource):
    """One DynamoDB table, billed by request, whose items expire by themselves.

    Its indexes contain keys only, and only the items that have these attributes:

    - `by-client` has every job of a client by the time it was accepted. Neither attribute ever changes, so a job
      costs one more write unit, once, however often its state changes.
    - `untold` has the unpublished jobs. A job enters it when it is accepted and leaves it when its end is published:
      two more write units, and none in between. At rest it is empty, and a scan of all of it costs half a read unit.
    - `by-subject` has the clients of each sign-in, if the stack asks for one: written when a client comes or leaves.

    DynamoDB takes 1,000 writes a second for one value of an index's first key; beyond that it refuses writes to the
    table. The indexes of jobs have the client as that key. There are few states: as a key they would put every job of
    the stack on a few values, and cost two write units with each change. One client stays below the limit, because
    `apiRateLimit` bounds it; for a batch of a thousand jobs the capacity that the client's key did not use before is
    there, and the router repeats what is refused.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
    """

    table: aws.dynamodb.Table

    def __init__(self, name: str, args: JobsTableArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:JobStore", name, {}, opts)
        self.table = aws.dynamodb.Table(
            name,
            hash_key="pk",
            attributes=[
                aws.dynamodb.TableAttributeArgs(name=attribute, type=kind) for attribute, kind in ATTRIBUTES.items()
            ],
            global_secondary_indexes=[
                aws.dynamodb.TableGlobalSecondaryIndexArgs(
                    name=index,
                    key_schemas=[
                        aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=hash_key, key_type="HASH"),
                        aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=range_key, key_type="RANGE"),
                    ],
                    projection_type="KEYS_ONLY",
                )
                for index, (hash_key, range_key) in keys.INDEXES.items()
            ],
            billing_mode="PAY_PER_REQUEST",
            ttl=aws.dynamodb.TableTtlArgs(attribute_name="expires", enabled=True),
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=args.recovery),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True),
            deletion_protection_enabled=args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.register_outputs({"tableName": self.table.name})

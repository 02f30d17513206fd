"""The resources that the handlers use, and statements about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from components.parts.policies import allow

Statements = list[dict[str, Any]]
# A role's inline policies may have 10,240 characters together: 60 queue ARNs leave room for the rest.
EXACT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The resources that the handlers use."""

    table_arn: pulumi.Input[str]
    """The jobs table."""
    bucket_arn: pulumi.Input[str]
    """The output bucket."""
    shards: pulumi.Output[list[str]]
    """The clients' results topics: ARNs and a pattern."""
    request_queue_arns: Sequence[pulumi.Input[str]]
    """The algorithms' requests and overflow queues."""
    dead_letter_arns: Sequence[pulumi.Input[str]]
    """Their dead-letter queues."""
    client_queues_arn: pulumi.Input[str]
    """The clients' queues, which are made at run time: an ARN that ends in *."""
    any_queue_arn: str
    """Every queue of this account and region: an ARN that ends in *."""
    own_tags: Mapping[str, str]
    """The tags of this stack's resources, which distinguish its queues if an ARN pattern does not."""
    services_arn: pulumi.Input[str]
    """The algorithms' services: an ARN that ends in *."""
    cluster_arn: pulumi.Input[str]
    """The cluster in which they run."""
    scaler_arn: pulumi.Input[str]
    """The function that sets how many tasks a service has."""
    callbacks_arn: pulumi.Input[str] | None = None
    """The table of callbacks with their secrets, if there is one."""
    traces_arn: pulumi.Input[str] | None = None
    """The queue of spans and of ended jobs whose traces are recorded, if there is one."""
    key_arn: pulumi.Input[str] | None = None
    """The key of queues and topics, if it is the stack's own."""


def index(around: Surroundings, name: str) -> pulumi.Output[str]:
    return pulumi.Output.concat(around.table_arn, "/index/", name)


def each(actions: Sequence[str], arns: Sequence[pulumi.Input[str]], around: Surroundings, end: str) -> Statements:
    return each_queue(actions, arns, around.any_queue_arn + end, around.own_tags)


def each_queue(
    actions: Sequence[str], arns: Sequence[pulumi.Input[str]], pattern: pulumi.Input[str], own_tags: Mapping[str, str]
) -> Statements:
    """Return a statement that names each queue, or beyond `EXACT` queues the pattern and this stack's tags."""
    if not arns:  # IAM refuses a statement without a resource
        return []
    if len(arns) <= EXACT:
        return [allow(actions, arns)]
    own = {"StringEquals": {f"aws:ResourceTag/{name}": value for name, value in own_tags.items()}}
    return [allow(actions, [pattern], conditions=own)]

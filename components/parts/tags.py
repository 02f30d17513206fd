"""Tags on every resource.

The program's own resources get them as they are made. Only the engine meets those that awsx makes of a component: it
calls a transform for each of them and its answer comes back to the program, which for all resources would take as long
as making them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import pulumi

# The types that take tags, of those that the program and awsx use; a test compares them with the provider's SDK.
TAGGED = frozenset(
    {
        "aws:apigatewayv2/api:Api",
        "aws:apigatewayv2/domainName:DomainName",
        "aws:apigatewayv2/stage:Stage",
        "aws:cloudfront/distribution:Distribution",
        "aws:cloudfront/function:Function",
        "aws:cloudfront/vpcOrigin:VpcOrigin",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "aws:dynamodb/table:Table",
        "aws:ec2/eip:Eip",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/natGateway:NatGateway",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ecr/repository:Repository",
        "aws:ecs/cluster:Cluster",
        "aws:ecs/service:Service",
        "aws:ecs/taskDefinition:TaskDefinition",
        "aws:iam/role:Role",
        "aws:kms/key:Key",
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        "aws:lambda/function:Function",
        "aws:lb/listener:Listener",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lb/targetGroup:TargetGroup",
        "aws:s3/bucket:Bucket",
        "aws:sns/topic:Topic",
        "aws:sqs/queue:Queue",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    }
)

AWSX = "awsx:"  # how the types of components begin that the engine makes resources of

Transform = Callable[[pulumi.ResourceTransformArgs], pulumi.ResourceTransformResult | None]


def tagging(tags: Mapping[str, str]) -> pulumi.ResourceTransformation:
    """Return the transformation that adds `tags` to resources that take tags; a resource's own tag wins.

    It belongs to a resource and all below it, or to the stack.
    """
    transform = _of_children(tags)

    def transformation(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        if args.type_.startswith(AWSX):
            return pulumi.ResourceTransformationResult(args.props, _with(transform, args.opts))
        if args.type_ not in TAGGED:
            return None
        return pulumi.ResourceTransformationResult(_tagged(args.props, tags), args.opts)

    return transformation


def _of_children(tags: Mapping[str, str]) -> Transform:
    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        return pulumi.ResourceTransformResult(_tagged(args.props, tags), args.opts) if args.type_ in TAGGED else None

    return transform


def _tagged(props: pulumi.Inputs, tags: Mapping[str, str]) -> dict[str, pulumi.Input[object]]:
    own = props.get("tags")
    present = cast("Mapping[str, pulumi.Input[str]]", own if isinstance(own, Mapping) else {})
    return {**props, "tags": {**tags, **present}}


def _with(transform: Transform, opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
    """Return options with one transform more, all of them as one: the engine calls each for each resource."""
    changed = pulumi.ResourceOptions.merge(opts, None)
    changed.transforms = [in_turn([*cast("Sequence[Transform]", opts.transforms or ()), transform])]
    return changed


def in_turn(transforms: Sequence[Transform]) -> Transform:
    """Return a transform that does what several do, each with what the one before it made."""

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        changed: pulumi.ResourceTransformResult | None = None
        for each in transforms:
            props, opts = (changed.props, changed.opts or args.opts) if changed else (args.props, args.opts)
            changed = each(pulumi.ResourceTransformArgs(args.custom, args.type_, args.name, props, opts)) or changed
        return changed

    return transform


def stack_tags(cost_centre: str) -> dict[str, str]:
    """Return the tags of every resource of this stack."""
    tags = {"imaging:project": pulumi.get_project(), "imaging:stack": pulumi.get_stack()}
    return {**tags, "imaging:cost-centre": cost_centre} if cost_centre else tags


def algorithm_tags(algorithm: str) -> dict[str, str]:
    """Return the tag of resources that belong to one algorithm."""
    return {"imaging:algorithm": algorithm}

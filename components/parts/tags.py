"""Tags on every resource, by transforms, which also reach the resources that awsx makes."""

from collections.abc import Callable, Mapping
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

Transform = Callable[[pulumi.ResourceTransformArgs], pulumi.ResourceTransformResult | None]


def tagging(tags: Mapping[str, str]) -> Transform:
    """Return the transform that adds `tags` to resources that take tags; a resource's own tag wins."""

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if args.type_ not in TAGGED:
            return None
        own = args.props.get("tags")
        present = cast("Mapping[str, pulumi.Input[str]]", own if isinstance(own, Mapping) else {})
        return pulumi.ResourceTransformResult({**args.props, "tags": {**tags, **present}}, args.opts)

    return transform


def stack_tags(cost_centre: str) -> dict[str, str]:
    """Return the tags of every resource of this stack."""
    tags = {"imaging:project": pulumi.get_project(), "imaging:stack": pulumi.get_stack()}
    return {**tags, "imaging:cost-centre": cost_centre} if cost_centre else tags


def algorithm_tags(algorithm: str) -> dict[str, str]:
    """Return the tag of resources that belong to one algorithm."""
    return {"imaging:algorithm": algorithm}

"""The table of all resource types, keyed by Pulumi's type token; both front ends use it."""

import threading
from typing import Any

from runtime.local.resources import iam
from runtime.local.resources.base import Boto3Clients, Handler, Properties
from runtime.local.resources.containers import docker_build, ecr, ecs, ecs_clusters, ecs_tasks
from runtime.local.resources.edge import (
    apigatewayv2,
    apigatewayv2_parts,
    cloudfront,
    cloudfront_distribution,
    cloudfront_function,
)
from runtime.local.resources.functions import invocation, lambda_, lambda_calls, scheduler
from runtime.local.resources.invokes import INVOKES
from runtime.local.resources.messaging import sns, sqs
from runtime.local.resources.monitoring import cloudwatch, logs
from runtime.local.resources.network import elb, elb_listeners, security, vpc, vpc_gateways, vpc_routing
from runtime.local.resources.plain import whole
from runtime.local.resources.storage import dynamodb, kms, s3, s3_objects, s3_settings

HANDLERS: dict[str, type[Handler]] = {
    "aws:apigatewayv2/api:Api": apigatewayv2.Api,
    "aws:apigatewayv2/apiMapping:ApiMapping": apigatewayv2.ApiMapping,
    "aws:apigatewayv2/authorizer:Authorizer": apigatewayv2_parts.Authorizer,
    "aws:apigatewayv2/domainName:DomainName": apigatewayv2.DomainName,
    "aws:apigatewayv2/integration:Integration": apigatewayv2_parts.Integration,
    "aws:apigatewayv2/route:Route": apigatewayv2_parts.Route,
    "aws:apigatewayv2/stage:Stage": apigatewayv2_parts.Stage,
    "aws:cloudfront/distribution:Distribution": cloudfront_distribution.Distribution,
    "aws:cloudfront/function:Function": cloudfront_function.Function,
    "aws:cloudfront/originAccessControl:OriginAccessControl": cloudfront.OriginAccessControl,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": cloudfront.ResponseHeadersPolicy,
    "aws:cloudfront/vpcOrigin:VpcOrigin": cloudfront.VpcOrigin,
    "aws:cloudwatch/dashboard:Dashboard": cloudwatch.Dashboard,
    "aws:cloudwatch/logGroup:LogGroup": logs.LogGroup,
    "aws:cloudwatch/metricAlarm:MetricAlarm": cloudwatch.MetricAlarm,
    "aws:dynamodb/table:Table": dynamodb.Table,
    "aws:dynamodb/tableItem:TableItem": dynamodb.TableItem,
    "aws:ec2/eip:Eip": vpc_gateways.Eip,
    "aws:ec2/internetGateway:InternetGateway": vpc_gateways.InternetGateway,
    "aws:ec2/natGateway:NatGateway": vpc_gateways.NatGateway,
    "aws:ec2/route:Route": vpc_routing.Route,
    "aws:ec2/routeTable:RouteTable": vpc_routing.RouteTable,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": vpc_routing.RouteTableAssociation,
    "aws:ec2/securityGroup:SecurityGroup": security.SecurityGroup,
    "aws:ec2/subnet:Subnet": vpc.Subnet,
    "aws:ec2/vpc:Vpc": vpc.Vpc,
    "aws:ec2/vpcEndpoint:VpcEndpoint": vpc_gateways.VpcEndpoint,
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ecr.LifecyclePolicy,
    "aws:ecr/repository:Repository": ecr.Repository,
    "aws:ecs/cluster:Cluster": ecs_clusters.Cluster,
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": ecs_clusters.ClusterCapacityProviders,
    "aws:ecs/service:Service": ecs.Service,
    "aws:ecs/taskDefinition:TaskDefinition": ecs_tasks.TaskDefinition,
    "aws:iam/role:Role": iam.Role,
    "aws:iam/rolePolicy:RolePolicy": iam.RolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachment,
    "aws:kms/key:Key": kms.Key,
    "aws:lambda/eventSourceMapping:EventSourceMapping": lambda_calls.EventSourceMapping,
    "aws:lambda/function:Function": lambda_.Function,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": lambda_calls.FunctionEventInvokeConfig,
    "aws:lambda/invocation:Invocation": invocation.Invocation,
    "aws:lambda/permission:Permission": lambda_calls.Permission,
    "aws:lb/listener:Listener": elb_listeners.Listener,
    "aws:lb/loadBalancer:LoadBalancer": elb.LoadBalancer,
    "aws:lb/targetGroup:TargetGroup": elb.TargetGroup,
    "aws:s3/bucket:Bucket": s3.Bucket,
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": s3_settings.Cors,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3_settings.Lifecycle,
    "aws:s3/bucketObjectv2:BucketObjectv2": s3_objects.BucketObject,
    "aws:s3/bucketPolicy:BucketPolicy": s3_settings.BucketPolicy,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3_settings.PublicAccessBlock,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3_settings.Encryption,
    "aws:scheduler/schedule:Schedule": scheduler.Schedule,
    "aws:sns/topic:Topic": sns.Topic,
    "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicy,
    "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscription,
    "aws:sqs/queue:Queue": sqs.Queue,
    "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicy,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": sqs.RedriveAllowPolicy,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": security.EgressRule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": security.IngressRule,
    "docker-build:index:Image": docker_build.Image,
}


class UnknownTypeError(LookupError):
    """A resource type or a function that the program uses and the embedded cloud has no handler for."""

    def __init__(self, token: str) -> None:
        super().__init__(f"The embedded cloud has no handler for {token}; add one in runtime/local/resources.")


class Table:
    """The handlers, bound to one cloud."""

    def __init__(self, boto3_client: Boto3Clients) -> None:
        making = threading.Lock()
        by_service: dict[str, Any] = {}

        def once(service: str) -> Any:
            # several threads must not make boto3 clients from the default session at the same time
            with making:
                if service not in by_service:
                    by_service[service] = boto3_client(service)
                return by_service[service]

        self._boto3_client = once

    def handler(self, token: str) -> Handler:
        """Return the handler of a resource type, or raise an UnknownTypeError that names it."""
        if token not in HANDLERS:
            raise UnknownTypeError(token)
        return HANDLERS[token](self._boto3_client, token)

    def invoke(self, token: str, arguments: Properties) -> Properties:
        """Answer a function of the provider."""
        if token not in INVOKES:
            raise UnknownTypeError(token)
        return INVOKES[token](self._boto3_client, whole(arguments))

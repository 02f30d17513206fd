"""Every resource type's operations, one round trip each on the emulator."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pulumi
import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.base import Handler
from runtime.local.resources.table import HANDLERS, Table

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
}
OWNER, AT = {"attributeName": "owner", "keyType": "HASH"}, {"attributeName": "at", "keyType": "RANGE"}
LIFECYCLE = {
    "rulePriority": 1,
    "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 3},
    "action": {"type": "expire"},
}
DOMAIN = {
    "domainName": "two.example.org",
    "domainNameConfiguration": {
        "certificateArn": "arn:aws:acm:eu-south-1:000000000000:certificate/1",
        "endpointType": "REGIONAL",
        "securityPolicy": "TLS_1_2",
    },
}
BEHAVIOUR = {
    "targetOriginId": "o",
    "viewerProtocolPolicy": "https-only",
    "allowedMethods": ["GET", "HEAD"],
    "cachedMethods": ["GET", "HEAD"],
    "cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
}
DISTRIBUTION: dict[str, Any] = {
    "enabled": True,
    "isIpv6Enabled": True,
    "origins": [
        {"originId": "o", "domainName": "b.s3.eu-south-1.amazonaws.com"},
        {
            "originId": "a",
            "domainName": "a.example.org",
            "customOriginConfig": {
                "httpPort": 80,
                "httpsPort": 443,
                "originProtocolPolicy": "https-only",
                "originSslProtocols": ["TLSv1.2"],
                "originReadTimeout": 60,
            },
        },
    ],
    "defaultCacheBehavior": BEHAVIOUR,
    "orderedCacheBehaviors": [
        {
            **BEHAVIOUR,
            "pathPattern": "/a/*",
            "targetOriginId": "a",
            "originRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        }
    ],
    "customErrorResponses": [{"errorCode": 503, "errorCachingMinTtl": 0}],
    "restrictions": {"geoRestriction": {"restrictionType": "none"}},
    "viewerCertificate": {"cloudfrontDefaultCertificate": True},
    "tags": {"a": "1"},
}
# The emulator keeps nothing of these.
RECORDED = {
    "aws:lambda/invocation:Invocation",
}


def policy(action: str) -> str:
    """Return a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


class World:
    """The resources that a test creates; `clear` deletes them."""

    def __init__(self, cloud: Emulator, folder: Path) -> None:
        self.table = Table(cloud.boto3_client)
        self._resources: list[tuple[Handler, str, dict[str, Any]]] = []
        self._folder = folder
        self._zips = 0

    def make(self, token: str, name: str, **inputs: Any) -> tuple[str, dict[str, Any]]:
        """Create one resource."""
        handler = self.table.handler(token)
        identity, outputs = handler.create(handler.check(name, inputs, {}))
        self._resources.append((handler, identity, outputs))
        return identity, outputs

    def id(self, token: str, name: str, **inputs: Any) -> str:
        """Create one resource and return its id."""
        return self.make(token, name, **inputs)[0]

    def arn(self, token: str, name: str, **inputs: Any) -> str:
        """Create one resource and return its ARN."""
        return self.make(token, name, **inputs)[1]["arn"]

    def code(self, text: str) -> pulumi.FileArchive:
        """Return a zip with one handler."""
        self._zips += 1
        path = self._folder / f"{self._zips}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("main.py", text)
        return pulumi.FileArchive(str(path))

    def folder(self, name: str) -> Path:
        """Return a folder that holds one file."""
        path = self._folder / name
        path.mkdir()
        (path / "Dockerfile").write_text("FROM scratch")
        return path

    def clear(self) -> None:
        """Delete everything, the last first."""
        for handler, identity, outputs in reversed(self._resources):
            handler.delete(identity, outputs)


@pytest.fixture
def world(cloud: Emulator, tmp_path: Path) -> Iterator[World]:
    own = World(cloud, tmp_path)
    yield own
    own.clear()


def vpc(world: World) -> str:
    return world.id("aws:ec2/vpc:Vpc", "v", cidrBlock="10.1.0.0/16")


def subnet(world: World, of: str, number: int = 0) -> str:
    zone = f"eu-south-1{'ab'[number]}"
    return world.id("aws:ec2/subnet:Subnet", "s", vpcId=of, cidrBlock=f"10.1.{number}.0/24", availabilityZone=zone)


def role(world: World) -> tuple[str, dict[str, Any]]:
    return world.make("aws:iam/role:Role", "r", assumeRolePolicy=json.dumps(TRUST))


def function(world: World) -> tuple[str, dict[str, Any]]:
    code = world.code("def handler(event, context): return 1")
    return world.make(
        "aws:lambda/function:Function",
        "f",
        code=code,
        handler="main.handler",
        runtime="python3.13",
        role=role(world)[1]["arn"],
    )


def balancer(world: World) -> str:
    network = vpc(world)
    return world.arn(
        "aws:lb/loadBalancer:LoadBalancer", "lb", subnets=[subnet(world, network), subnet(world, network, 1)]
    )


def group(world: World) -> str:
    return world.arn(
        "aws:lb/targetGroup:TargetGroup", "tg", port=8080, protocol="HTTP", vpcId=vpc(world), targetType="ip"
    )


def bucket(world: World) -> str:
    return world.id("aws:s3/bucket:Bucket", "bucket")


def queue(world: World) -> tuple[str, dict[str, Any]]:
    return world.make("aws:sqs/queue:Queue", "q", fifoQueue=True)


def topic(world: World) -> str:
    return world.id("aws:sns/topic:Topic", "t", fifoTopic=True)


def api(world: World) -> str:
    return world.id("aws:apigatewayv2/api:Api", "api", protocolType="HTTP")


def route_table(world: World) -> tuple[str, str]:
    network = vpc(world)
    return network, world.id("aws:ec2/routeTable:RouteTable", "rt", vpcId=network)


def image(w: World) -> dict[str, Any]:
    """Return the inputs of a container image that is built from a folder."""
    url = w.make("aws:ecr/repository:Repository", "pushed", forceDelete=True)[1]["repositoryUrl"]
    return {"tags": [f"{url}:a"], "push": True, "context": {"location": str(w.folder("context"))}}


def route(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    gateway = world.id("aws:ec2/internetGateway:InternetGateway", "g", vpcId=network)
    return {"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway}


def association(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    return {"routeTableId": table, "subnetId": subnet(world, network)}


def endpoint(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    service = "com.amazonaws.eu-south-1.s3"
    return {"vpcId": network, "serviceName": service, "vpcEndpointType": "Gateway", "routeTableIds": [table]}


def containers(command: str) -> str:
    return json.dumps([{"name": "c", "image": "i", "command": [command], "essential": True}])


# If one of these is deleted, AWS's default replaces it.
RESET = {
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
}
Inputs = dict[str, Any]


def mapping(world: World) -> dict[str, Any]:
    api_id = api(world)
    handler = world.table.handler("aws:apigatewayv2/stage:Stage")
    handler.create(handler.check("s", {"apiId": api_id, "name": "$default", "autoDeploy": True}, {}))
    domain = world.id("aws:apigatewayv2/domainName:DomainName", "d", **DOMAIN)
    return {"apiId": api_id, "domainName": domain, "stage": "$default"}


Case = tuple[Callable[[World], Inputs], Inputs]

# Each type's inputs, and the changes made afterwards (none if only a replacement changes it).
CASES: dict[str, Case] = {
    "aws:sqs/queue:Queue": (
        lambda w: {
            "fifoQueue": True,
            "deduplicationScope": "messageGroup",
            "fifoThroughputLimit": "perMessageGroupId",
            "visibilityTimeoutSeconds": 60,
            "tags": {"a": "b"},
        },
        {"visibilityTimeoutSeconds": 90, "messageRetentionSeconds": 86400},
    ),
    "aws:sqs/queuePolicy:QueuePolicy": (
        lambda w: {"queueUrl": queue(w)[0], "policy": policy("sqs:SendMessage")},
        {"policy": policy("sqs:ReceiveMessage")},
    ),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": (
        lambda w: {"queueUrl": queue(w)[0], "redriveAllowPolicy": json.dumps({"redrivePermission": "denyAll"})},
        {"redriveAllowPolicy": json.dumps({"redrivePermission": "allowAll"})},
    ),
    "aws:sns/topic:Topic": (
        lambda w: {"fifoTopic": True, "contentBasedDeduplication": False},
        {"contentBasedDeduplication": True},
    ),
    "aws:sns/topicPolicy:TopicPolicy": (
        lambda w: {"arn": topic(w), "policy": policy("sns:Publish")},
        {"policy": policy("sns:Subscribe")},
    ),
    "aws:sns/topicSubscription:TopicSubscription": (
        lambda w: {
            "topic": topic(w),
            "protocol": "sqs",
            "endpoint": queue(w)[1]["arn"],
            "rawMessageDelivery": True,
            "filterPolicy": '{"algorithm": ["a"]}',
        },
        {"filterPolicy": '{"algorithm": ["b"]}'},
    ),
    "aws:dynamodb/table:Table": (
        lambda w: {
            "hashKey": "pk",
            "attributes": [{"name": "pk", "type": "S"}],
            "billingMode": "PAY_PER_REQUEST",
            "ttl": {"attributeName": "expires", "enabled": True},
            "pointInTimeRecovery": {"enabled": True},
            "deletionProtectionEnabled": True,
        },
        {
            "deletionProtectionEnabled": False,
            "attributes": [{"name": "pk", "type": "S"}, {"name": "owner", "type": "S"}, {"name": "at", "type": "N"}],
            "globalSecondaryIndexes": [
                {"name": "by-owner", "keySchemas": [OWNER, AT], "projectionType": "KEYS_ONLY"},
                {"name": "by-time", "keySchemas": [{**AT, "keyType": "HASH"}], "projectionType": "KEYS_ONLY"},
            ],
        },
    ),
    "aws:dynamodb/tableItem:TableItem": (
        lambda w: {
            "tableName": w.id("aws:dynamodb/table:Table", "t", hashKey="pk", attributes=[{"name": "pk", "type": "S"}]),
            "hashKey": "pk",
            "item": '{"pk": {"S": "route#a"}, "url": {"S": "u"}}',
        },
        {"item": '{"pk": {"S": "route#a"}, "url": {"S": "v"}}'},
    ),
    "aws:s3/bucket:Bucket": (lambda w: {"tags": {"a": "b"}}, {"tags": {"a": "c"}}),
    "aws:s3/bucketPolicy:BucketPolicy": (
        lambda w: {"bucket": bucket(w), "policy": policy("s3:GetObject")},
        {"policy": policy("s3:PutObject")},
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (
        lambda w: {"bucket": bucket(w), "blockPublicAcls": True},
        {"blockPublicPolicy": True},
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        lambda w: {"bucket": bucket(w), "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k"}}]},
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (
        lambda w: {
            "bucket": bucket(w),
            "rules": [{"id": "e", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 7}}],
        },
        {"rules": [{"id": "e", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 9}}]},
    ),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": (
        lambda w: {
            "bucket": bucket(w),
            "corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["*"], "maxAgeSeconds": 60}],
        },
        {"corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["https://a.example"], "maxAgeSeconds": 60}]},
    ),
    "aws:iam/role:Role": (
        lambda w: {"assumeRolePolicy": json.dumps(TRUST)},
        {"assumeRolePolicy": json.dumps(TRUST).replace("lambda", "ecs-tasks")},
    ),
    "aws:iam/rolePolicy:RolePolicy": (
        lambda w: {"role": role(w)[0], "policy": policy("s3:GetObject")},
        {"policy": policy("s3:PutObject")},
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (
        lambda w: {
            "role": role(w)[0],
            "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
        {},
    ),
    "aws:cloudwatch/logGroup:LogGroup": (lambda w: {"retentionInDays": 7}, {"retentionInDays": 14}),
    "aws:lambda/function:Function": (
        lambda w: {
            "code": w.code("def handler(event, context): return 1"),
            "handler": "main.handler",
            "runtime": "python3.13",
            "role": role(w)[1]["arn"],
            "timeout": 29,
            "environment": {"variables": {"A": "1"}},
        },
        {"timeout": 20},
    ),
    "aws:lambda/permission:Permission": (
        lambda w: {
            "function": function(w)[0],
            "action": "lambda:InvokeFunction",
            "principal": "apigateway.amazonaws.com",
            "sourceArn": "arn:aws:execute-api:eu-south-1:000000000000:a/*",
        },
        {},
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": (
        lambda w: {
            "eventSourceArn": queue(w)[1]["arn"],
            "functionName": function(w)[1]["arn"],
            "batchSize": 10,
            "functionResponseTypes": ["ReportBatchItemFailures"],
        },
        {"batchSize": 5},
    ),
    "aws:apigatewayv2/api:Api": (
        lambda w: {
            "protocolType": "HTTP",
            "corsConfiguration": {"allowOrigins": ["*"], "allowMethods": ["GET"], "maxAge": 60},
        },
        {"corsConfiguration": {"allowOrigins": ["https://a.example"], "allowMethods": ["GET"], "maxAge": 60}},
    ),
    "aws:apigatewayv2/integration:Integration": (
        lambda w: {
            "apiId": api(w),
            "integrationType": "AWS_PROXY",
            "integrationUri": function(w)[1]["invokeArn"],
            "payloadFormatVersion": "2.0",
            "timeoutMilliseconds": 30000,
        },
        {"timeoutMilliseconds": 20000},
    ),
    "aws:apigatewayv2/route:Route": (
        lambda w: {"apiId": api(w), "routeKey": "GET /a", "target": "integrations/x"},
        {"target": "integrations/y"},
    ),
    "aws:apigatewayv2/stage:Stage": (
        lambda w: {
            "apiId": api(w),
            "name": "$default",
            "autoDeploy": True,
            "defaultRouteSettings": {"throttlingBurstLimit": 5, "throttlingRateLimit": 5},
        },
        {"description": "now described"},
    ),
    "aws:ecs/cluster:Cluster": (
        lambda w: {"settings": [{"name": "containerInsights", "value": "enabled"}]},
        {"settings": [{"name": "containerInsights", "value": "disabled"}]},
    ),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": (
        lambda w: {
            "clusterName": w.make("aws:ecs/cluster:Cluster", "c")[1]["name"],
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        },
        {"capacityProviders": ["FARGATE"]},
    ),
    "aws:ecs/taskDefinition:TaskDefinition": (
        lambda w: {
            "family": "fam",
            "containerDefinitions": containers("a"),
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "volumes": [{"name": "scratch"}],
        },
        {},
    ),
    "aws:ecs/service:Service": (
        lambda w: {
            "cluster": w.id("aws:ecs/cluster:Cluster", "c"),
            "taskDefinition": w.arn(
                "aws:ecs/taskDefinition:TaskDefinition",
                "td",
                containerDefinitions=containers("a"),
                cpu="256",
                memory="512",
            ),
            "desiredCount": 0,
            "capacityProviderStrategies": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "networkConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": False},
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        },
        {"desiredCount": 2},
    ),
    "aws:ecr/repository:Repository": (
        lambda w: {"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True}},
        {"imageTagMutability": "MUTABLE"},
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": (
        lambda w: {
            "repository": w.id("aws:ecr/repository:Repository", "repo"),
            "policy": json.dumps({"rules": [LIFECYCLE]}),
        },
        {},
    ),
    "docker-build:index:Image": (image, {"target": "worker"}),
    "aws:ec2/vpc:Vpc": (lambda w: {"cidrBlock": "10.2.0.0/16", "enableDnsHostnames": True}, {"tags": {"a": "b"}}),
    "aws:ec2/subnet:Subnet": (
        lambda w: {"vpcId": vpc(w), "cidrBlock": "10.1.9.0/24", "availabilityZone": "eu-south-1a"},
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/internetGateway:InternetGateway": (lambda w: {"vpcId": vpc(w)}, {"tags": {"a": "b"}}),
    "aws:ec2/routeTable:RouteTable": (lambda w: {"vpcId": vpc(w)}, {"tags": {"a": "b"}}),
    "aws:ec2/route:Route": (
        route,
        {},
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": (
        association,
        {},
    ),
    "aws:ec2/eip:Eip": (lambda w: {"domain": "vpc"}, {"tags": {"a": "b"}}),
    "aws:ec2/natGateway:NatGateway": (
        lambda w: {"subnetId": subnet(w, vpc(w)), "allocationId": w.id("aws:ec2/eip:Eip", "e")},
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (
        endpoint,
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/securityGroup:SecurityGroup": (
        lambda w: {
            "vpcId": vpc(w),
            "description": "d",
            "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/8"]}],
        },
        {"ingress": [{"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": ["10.0.0.0/8"]}]},
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        lambda w: {
            "securityGroupId": w.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(w)),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "10.0.0.0/8",
        },
        {},
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        lambda w: {
            "securityGroupId": w.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(w)),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "0.0.0.0/0",
        },
        {},
    ),
    "aws:lb/loadBalancer:LoadBalancer": (
        lambda w: (
            lambda network: {
                "subnets": [subnet(w, network), subnet(w, network, 1)],
                "internal": True,
                "loadBalancerType": "application",
                "dropInvalidHeaderFields": True,
            }
        )(vpc(w)),
        {"idleTimeout": 120},
    ),
    "aws:lb/targetGroup:TargetGroup": (
        lambda w: {
            "port": 8080,
            "protocol": "HTTP",
            "vpcId": vpc(w),
            "targetType": "ip",
            "healthCheck": {"path": "/health", "matcher": "200"},
        },
        {"healthCheck": {"path": "/healthy", "matcher": "200"}},
    ),
    "aws:lb/listener:Listener": (
        lambda w: {
            "loadBalancerArn": balancer(w),
            "port": 80,
            "protocol": "HTTP",
            "defaultActions": [{"type": "forward", "targetGroupArn": group(w)}],
        },
        {"port": 81},
    ),
    "aws:scheduler/schedule:Schedule": (
        lambda w: {
            "scheduleExpression": "rate(1 minute)",
            "flexibleTimeWindow": {"mode": "OFF"},
            "target": {
                "arn": function(w)[1]["arn"],
                "roleArn": role(w)[1]["arn"],
                "input": "{}",
                "retryPolicy": {"maximumEventAgeInSeconds": 60, "maximumRetryAttempts": 0},
            },
        },
        {"scheduleExpression": "rate(2 minutes)"},
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
        lambda w: {
            "functionName": function(w)[0],
            "maximumEventAgeInSeconds": 60,
            "maximumRetryAttempts": 0,
        },
        {"maximumRetryAttempts": 1},
    ),
    "aws:apigatewayv2/authorizer:Authorizer": (
        lambda w: {
            "apiId": api(w),
            "authorizerType": "JWT",
            "identitySources": ["$request.header.Authorization"],
            "jwtConfiguration": {"issuer": "https://login.example.org", "audiences": ["a"]},
        },
        {"jwtConfiguration": {"issuer": "https://login.example.org", "audiences": ["b"]}},
    ),
    "aws:apigatewayv2/domainName:DomainName": (
        lambda w: {**DOMAIN, "domainName": "one.example.org"},
        {},
    ),
    "aws:apigatewayv2/apiMapping:ApiMapping": (mapping, {}),
    "aws:cloudwatch/dashboard:Dashboard": (
        lambda w: {"dashboardBody": json.dumps({"widgets": []})},
        {"dashboardBody": json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "a"}}]})},
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (
        lambda w: {
            "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 1,
            "namespace": "AWS/SQS",
            "metricName": "ApproximateNumberOfMessagesVisible",
            "dimensions": {"QueueName": "q"},
            "period": 60,
            "statistic": "Maximum",
            "threshold": 1,
        },
        {"threshold": 2},
    ),
    "aws:kms/key:Key": (
        lambda w: {"description": "one", "policy": policy("kms:*"), "enableKeyRotation": True},
        {"description": "two"},
    ),
    "aws:lambda/invocation:Invocation": (
        lambda w: {"functionName": function(w)[0], "input": json.dumps({"a": 1})},
        {"input": json.dumps({"a": 2})},
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": (
        lambda w: {
            "originAccessControlOriginType": "s3",
            "signingBehavior": "always",
            "signingProtocol": "sigv4",
        },
        {"signingBehavior": "never"},
    ),
    "aws:cloudfront/function:Function": (
        lambda w: {"runtime": "cloudfront-js-2.0", "code": "function handler(event) { return event.request; }"},
        {"code": "function handler(event) { return event.response; }"},
    ),
    "aws:cloudfront/vpcOrigin:VpcOrigin": (
        lambda w: {
            "vpcOriginEndpointConfig": {
                "name": "inside",
                "arn": balancer(w),
                "httpPort": 80,
                "httpsPort": 443,
                "originProtocolPolicy": "http-only",
                "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
            },
            "tags": {"a": "1"},
        },
        {"tags": {"a": "2"}},
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": (
        lambda w: {
            "securityHeadersConfig": {"contentTypeOptions": {"override": True}},
            "customHeadersConfig": {"items": [{"header": "X-A", "value": "1", "override": True}]},
        },
        {"securityHeadersConfig": {"contentTypeOptions": {"override": False}}},
    ),
    "aws:cloudfront/distribution:Distribution": (
        lambda w: DISTRIBUTION,
        {"comment": "another"},
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": (
        lambda w: {"bucket": w.id("aws:s3/bucket:Bucket", "b"), "key": "a/b.txt", "content": "one"},
        {"content": "two"},
    ),
}


def test_every_type_has_a_round_trip() -> None:
    assert set(CASES) == set(HANDLERS)


def holds(outputs: Any, inputs: Any) -> bool:
    """Return whether all inputs are in the outputs, at any depth."""
    if isinstance(outputs, dict) and isinstance(inputs, dict):
        return all(key in outputs and holds(outputs[key], value) for key, value in inputs.items())
    return outputs == inputs


@pytest.mark.parametrize("token", sorted(CASES))
def test_round_trip(world: World, token: str) -> None:
    handler = world.table.handler(token)
    make, change = CASES[token]
    inputs = handler.check("logical", make(world), {})
    assert handler.diff(inputs, inputs) == ([], [])

    identity, outputs = handler.create(inputs)
    assert identity
    assert holds(outputs, inputs), "the cloud differs from the inputs"
    assert handler.read(identity, outputs) == outputs, "a second read differs without a change"

    if change:
        new = {**inputs, **change}
        changed, replaces = handler.diff(inputs, new)
        assert set(changed) == set(change)
        assert not replaces
        outputs = handler.update(identity, outputs, new)
        assert holds(outputs, new)
        assert handler.read(identity, outputs) == outputs
    else:
        for key in set(inputs) & set(handler.replace_on):
            assert handler.diff(inputs, {**inputs, key: "other"}) == ([key], [key])

    handler.delete(identity, outputs)
    if token not in RECORDED | RESET:
        assert handler.read(identity, outputs) is None
    handler.delete(identity, outputs)  # a second time is no error


def test_cloudfront_has_all_inputs_of_a_distribution(world: World) -> None:
    identity, outputs = world.make("aws:cloudfront/distribution:Distribution", "d", **DISTRIBUTION)
    api = world.table.handler("aws:cloudfront/distribution:Distribution").api
    kept = api.get_distribution_config(Id=identity)["DistributionConfig"]
    custom = kept["Origins"]["Items"][1]["CustomOriginConfig"]
    assert (custom["OriginProtocolPolicy"], custom["OriginReadTimeout"]) == ("https-only", 60)
    (behaviour,) = kept["CacheBehaviors"]["Items"]
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    (error,) = kept["CustomErrorResponses"]["Items"]
    assert (error["ErrorCode"], error["ErrorCachingMinTTL"]) == (503, 0)
    assert kept["IsIPV6Enabled"]
    tags = api.list_tags_for_resource(Resource=outputs["arn"])["Tags"]["Items"]
    assert tags == [{"Key": "a", "Value": "1"}]


def test_a_property_that_would_not_be_sent_is_refused(world: World) -> None:
    with pytest.raises(NotImplementedError, match="webAclId"):
        world.make("aws:cloudfront/distribution:Distribution", "d", **DISTRIBUTION, webAclId="x")

"""For each row of the constraints a resource that AWS refuses: type, property, inputs, and words of the refusal."""

import json
from typing import Any

LONG = "x" * 2000
ANY = {"rulePriority": 1, "selection": {"tagStatus": "any", "countNumber": 1}}
RULE = {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIpv4": "10.0.0.0/8"}
GROUP = {"vpcId": "vpc-1", "port": 80, "protocol": "HTTP"}
TASK = {"cpu": "256", "memory": "512", "executionRoleArn": "a", "containerDefinitions": "[]"}
PORTS = json.dumps([{"portMappings": [{"containerPort": 80, "hostPort": 81}]}])
ALARM = {"name": "a", "evaluationPeriods": 1, "period": 60}
TABLE = {"name": "jobs", "hashKey": "id", "attributes": [{"name": "id", "type": "S"}]}
BEHAVIOUR = {"targetOriginId": "o", "allowedMethods": ["GET"], "cachedMethods": ["GET"]}
SITE = {"origins": [{"originId": "o"}], "defaultCacheBehavior": BEHAVIOUR}
POST = {**BEHAVIOUR, "cachedMethods": ["POST"]}
RULES = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
SOURCE = "aws:lambda/eventSourceMapping:EventSourceMapping"
DOMAIN = "aws:apigatewayv2/domainName:DomainName"
CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl"


def _rules(token: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (token, "", {**RULE, "cidrIpv6": "::/0"}),
        (token, "", {**RULE, "ipProtocol": "-1"}),
        (token, "cidrIpv4", {**RULE, "cidrIpv4": "10.1.2.3/8"}),
        (token, "cidrIpv6", {**RULE, "cidrIpv4": None, "cidrIpv6": "2001:db8::1/32"}),
        (token, "fromPort", {**RULE, "fromPort": 70_000}),
        (token, "toPort", {**RULE, "toPort": 70_000}),
        (token, "description", {**RULE, "description": "tasks’ own"}),
    ]


NETWORK: list[tuple[str, str, dict[str, Any]]] = [
    ("aws:ec2/vpc:Vpc", "cidrBlock", {"cidrBlock": "10.0.0.0/8"}),
    ("aws:ec2/vpc:Vpc", "cidrBlock", {"cidrBlock": "10.0.0.1/16"}),
    ("aws:ec2/subnet:Subnet", "cidrBlock", {"cidrBlock": "010.0.0.0/24"}),
    ("aws:ec2/securityGroup:SecurityGroup", "name", {"name": "sg-tasks", "description": "d"}),
    ("aws:ec2/securityGroup:SecurityGroup", "description", {"description": "it's"}),
    ("aws:ec2/securityGroup:SecurityGroup", "ingress", {"description": "d", "ingress": [{}] * 61}),
    ("aws:ec2/securityGroup:SecurityGroup", "egress", {"description": "d", "egress": [{}] * 61}),
    ("aws:ec2/securityGroup:SecurityGroup", "ingress[].cidrBlocks[]", {"ingress": [{"cidrBlocks": ["10.1.1.1/8"]}]}),
    ("aws:ec2/securityGroup:SecurityGroup", "egress[].cidrBlocks[]", {"egress": [{"cidrBlocks": ["10.1.1.1/8"]}]}),
    *_rules(INGRESS),
    *_rules(EGRESS),
    (ENDPOINT, "vpcEndpointType", {"vpcEndpointType": "Interfaces"}),
    (ENDPOINT, "", {"vpcEndpointType": "Gateway", "subnetIds": ["subnet-1"]}),
    ("aws:lb/loadBalancer:LoadBalancer", "name", {"name": "internal-pacs"}),
    ("aws:lb/loadBalancer:LoadBalancer", "subnets", {"subnets": ["subnet-1"]}),
    ("aws:lb/loadBalancer:LoadBalancer", "securityGroups", {"securityGroups": ["sg"] * 6}),
    ("aws:lb/loadBalancer:LoadBalancer", "idleTimeout", {"idleTimeout": 5000}),
    ("aws:lb/targetGroup:TargetGroup", "name", {**GROUP, "name": "-pacs"}),
    ("aws:lb/targetGroup:TargetGroup", "port", {**GROUP, "port": 70_000}),
    ("aws:lb/targetGroup:TargetGroup", "protocol", {**GROUP, "protocol": "HTTP2"}),
    ("aws:lb/targetGroup:TargetGroup", "deregistrationDelay", {**GROUP, "deregistrationDelay": 3601}),
    ("aws:lb/targetGroup:TargetGroup", "", {"port": 80, "protocol": "HTTP"}),
    *(
        ("aws:lb/targetGroup:TargetGroup", f"healthCheck.{name}", {**GROUP, "healthCheck": {name: value}})
        for name, value in {
            "interval": 301,
            "timeout": 121,
            "healthyThreshold": 1,
            "unhealthyThreshold": 11,
            "matcher": "200-599",
            "path": "health",
        }.items()
    ),
    ("aws:lb/targetGroup:TargetGroup", "healthCheck", {**GROUP, "healthCheck": {"interval": 5, "timeout": 5}}),
    ("aws:lb/listener:Listener", "port", {"port": 0, "protocol": "HTTP"}),
    ("aws:lb/listener:Listener", "protocol", {"port": 80, "protocol": "http"}),
    ("aws:lb/listener:Listener", "", {"port": 443, "protocol": "HTTPS"}),
    ("aws:lb/listener:Listener", "", {"port": 80, "protocol": "HTTP", "certificateArn": "a"}),
]
COMPUTE: list[tuple[str, str, dict[str, Any]]] = [
    ("aws:ecs/cluster:Cluster", "name", {"name": "a.b"}),
    ("aws:ecs/cluster:Cluster", "settings[].value", {"settings": [{"name": "containerInsights", "value": "on"}]}),
    ("aws:ecs/service:Service", "name", {"name": "a.b"}),
    ("aws:ecs/service:Service", "networkConfiguration.subnets", {"networkConfiguration": {"subnets": []}}),
    (
        "aws:ecs/service:Service",
        "networkConfiguration.securityGroups",
        {"networkConfiguration": {"subnets": ["s"], "securityGroups": ["g"] * 6}},
    ),
    (
        "aws:ecs/service:Service",
        "capacityProviderStrategies[].weight",
        {"capacityProviderStrategies": [{"weight": 1001}]},
    ),
    (
        "aws:ecs/service:Service",
        "capacityProviderStrategies[].base",
        {"capacityProviderStrategies": [{"base": 100_001}]},
    ),
    ("aws:ecs/service:Service", "", {"launchType": "FARGATE", "capacityProviderStrategies": [{"weight": 1}]}),
    ("aws:ecs/service:Service", "", {"healthCheckGracePeriodSeconds": 60}),
    ("aws:ecs/taskDefinition:TaskDefinition", "family", {**TASK, "family": "a.b"}),
    ("aws:ecs/taskDefinition:TaskDefinition", "networkMode", {**TASK, "networkMode": "bridge"}),
    (
        "aws:ecs/taskDefinition:TaskDefinition",
        "runtimePlatform.cpuArchitecture",
        {**TASK, "runtimePlatform": {"cpuArchitecture": "AMD64"}},
    ),
    ("aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions", {**TASK, "containerDefinitions": PORTS}),
    (
        "aws:ecs/taskDefinition:TaskDefinition",
        "containerDefinitions",
        {**TASK, "containerDefinitions": json.dumps([{"stopTimeout": 121}])},
    ),
    ("aws:ecs/taskDefinition:TaskDefinition", "", {**TASK, "memory": "4096"}),
    (
        "aws:ecs/taskDefinition:TaskDefinition",
        "",
        {**TASK, "executionRoleArn": None, "containerDefinitions": '[{"logConfiguration": {"logDriver": "awslogs"}}]'},
    ),
    ("aws:ecr/repository:Repository", "name", {"name": "Worker"}),
    ("aws:ecr/repository:Repository", "imageTagMutability", {"imageTagMutability": "NEVER"}),
    ("aws:ecr/repository:Repository", "tags", {"tags": {"a": "x" * 256}}),
    ("aws:ecr/lifecyclePolicy:LifecyclePolicy", "policy", {"policy": json.dumps({"rules": []})}),
    (
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "policy",
        {"policy": json.dumps({"rules": [{"selection": {"countNumber": 0}, "description": "x" * 100}]})},
    ),
    (
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "policy",
        {"policy": json.dumps({"rules": [ANY, {**ANY, "rulePriority": 2}]})},
    ),
    ("aws:lambda/function:Function", "name", {"name": "a.b"}),
    ("aws:lambda/function:Function", "timeout", {"timeout": 901}),
    ("aws:lambda/function:Function", "memorySize", {"memorySize": 64}),
    ("aws:lambda/function:Function", "handler", {"handler": LONG}),
    ("aws:lambda/function:Function", "description", {"description": LONG}),
    (
        "aws:lambda/function:Function",
        "environment.variables",
        {"environment": {"variables": {"A": LONG, "B": LONG * 2}}},
    ),
    ("aws:lambda/function:Function", "environment.variables", {"environment": {"variables": {"AWS_REGION": "a"}}}),
    ("aws:lambda/permission:Permission", "statementId", {"statementId": "a.b"}),
    ("aws:lambda/invocation:Invocation", "input", {"input": "[]"}),
    (SOURCE, "batchSize", {"eventSourceArn": "q", "batchSize": 10_001}),
    (SOURCE, "", {"eventSourceArn": "q.fifo", "batchSize": 11}),
    (SOURCE, "", {"eventSourceArn": "q.fifo", "maximumBatchingWindowInSeconds": 5}),
]

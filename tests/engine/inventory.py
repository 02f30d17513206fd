"""Everything that an account holds, service by service."""

from collections.abc import Callable
from typing import Any

from runtime.local.emulator.emulator import Emulator

Client = Callable[[str], Any]


def _listed(service: str, operation: str, key: str, field: str = "", **arguments: Any) -> Callable[[Client], list[str]]:
    """Return what lists one kind of thing, page by page where the service has pages."""

    def names(client: Client) -> list[str]:
        api = client(service)
        pages = api.get_paginator(operation).paginate(**arguments) if api.can_paginate(operation) else None
        answers = list(pages) if pages else [getattr(api, operation)(**arguments)]
        return [each[field] if field else each for answer in answers for each in _inner(answer, key)]

    return names


def _inner(answer: Any, key: str) -> list[Any]:
    for part in key.split("."):
        answer = answer.get(part) or {}
    return list(answer)


def _services(client: Client) -> list[str]:
    clusters = client("ecs").list_clusters()["clusterArns"]
    return [arn for each in clusters for arn in client("ecs").list_services(cluster=each)["serviceArns"]]


def _keys(client: Client) -> list[str]:
    """A key that is scheduled for deletion counts as gone: AWS deletes none at once."""
    described = [client("kms").describe_key(KeyId=each["KeyId"]) for each in client("kms").list_keys()["Keys"]]
    return [each["KeyMetadata"]["KeyId"] for each in described if each["KeyMetadata"]["KeyState"] != "PendingDeletion"]


def _nat_gateways(client: Client) -> list[str]:
    told = client("ec2").describe_nat_gateways()["NatGateways"]
    return [each["NatGatewayId"] for each in told if each["State"] != "deleted"]


def _endpoints(client: Client) -> list[str]:
    told = client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    return [each["VpcEndpointId"] for each in told if each["State"] != "deleted"]


# What the program makes in an account, or has made at run time.
MADE: dict[str, Callable[[Client], list[str]]] = {
    "alarms": _listed("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "apis": _listed("apigatewayv2", "get_apis", "Items", "ApiId"),
    "balancers": _listed("elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerArn"),
    "buckets": _listed("s3", "list_buckets", "Buckets", "Name"),
    "clusters": _listed("ecs", "list_clusters", "clusterArns"),
    "dashboards": _listed("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    "distributions": _listed("cloudfront", "list_distributions", "DistributionList.Items", "Id"),
    "elastic addresses": _listed("ec2", "describe_addresses", "Addresses", "AllocationId"),
    "endpoints": _endpoints,
    "event sources": _listed("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    "functions": _listed("lambda", "list_functions", "Functions", "FunctionName"),
    "image repositories": _listed("ecr", "describe_repositories", "repositories", "repositoryName"),
    "internet gateways": _listed("ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    "keys": _keys,
    "log groups": _listed("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "nat gateways": _nat_gateways,
    "origin access": _listed("cloudfront", "list_origin_access_controls", "OriginAccessControlList.Items", "Id"),
    "queues": _listed("sqs", "list_queues", "QueueUrls"),
    "roles": _listed("iam", "list_roles", "Roles", "RoleName"),
    "route tables": _listed("ec2", "describe_route_tables", "RouteTables", "RouteTableId"),
    "schedules": _listed("scheduler", "list_schedules", "Schedules", "Name"),
    "security groups": _listed("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    "services": _services,
    "subnets": _listed("ec2", "describe_subnets", "Subnets", "SubnetId"),
    "subscriptions": _listed("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    "tables": _listed("dynamodb", "list_tables", "TableNames"),
    "target groups": _listed("elbv2", "describe_target_groups", "TargetGroups", "TargetGroupArn"),
    "task definitions": _listed("ecs", "list_task_definitions", "taskDefinitionArns", status="ACTIVE"),
    "topics": _listed("sns", "list_topics", "Topics", "TopicArn"),
    "vpcs": _listed("ec2", "describe_vpcs", "Vpcs", "VpcId"),
}
# What it does not make without a domain, and must not leave behind either.
OTHERS: dict[str, Callable[[Client], list[str]]] = {
    "domain names": _listed("apigatewayv2", "get_domain_names", "Items", "DomainName"),
    "interfaces": _listed("ec2", "describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    "parameters": _listed("ssm", "describe_parameters", "Parameters", "Name"),
    "policies": _listed("iam", "list_policies", "Policies", "PolicyName", Scope="Local"),
    "rules": _listed("events", "list_rules", "Rules", "Name"),
    "secrets": _listed("secretsmanager", "list_secrets", "SecretList", "Name"),
    "users": _listed("iam", "list_users", "Users", "UserName"),
}


def inventory(account: Emulator) -> dict[str, list[str]]:
    """Return the names of all that is there, by kind."""
    return {kind: sorted(names(account.boto3_client)) for kind, names in {**MADE, **OTHERS}.items()}

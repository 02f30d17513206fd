"""Checks between one resource and others that exist already, which AWS makes and the emulator does not."""

import json
from collections.abc import Sequence
from typing import Any, cast

from runtime.local.resources.base import Boto3Clients, Properties, unless_absent

SOURCES = frozenset({"CidrIp", "CidrIpv6", "GroupId", "PrefixListId"})
# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
RULES = 60
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
INLINE_CHARACTERS = 10_240
# https://docs.aws.amazon.com/general/latest/gr/sns.html
FIFO_SUBSCRIPTIONS = 100


def distinct_zones(boto3_client: Boto3Clients, subnets: Sequence[str], least: int) -> None:
    """Raise ValueError unless the subnets lie in at least so many zones, each in another one."""
    details = boto3_client("ec2").describe_subnets(SubnetIds=list(subnets))["Subnets"]
    zones = [subnet["AvailabilityZone"] for subnet in details]
    if len(set(zones)) < max(least, len(zones)):
        raise ValueError(
            f"subnets are in the zones {', '.join(sorted(zones))}: must be at least {least}, each in another zone"
        )


def served_containers(boto3_client: Boto3Clients, service: Properties) -> None:
    """Raise ValueError unless each load balancer of a service names a container and a target group with a listener."""
    balancers: list[Properties] = service.get("loadBalancers") or []
    if not balancers:
        return
    task = boto3_client("ecs").describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    ports = {
        (container["name"], mapping["containerPort"])
        for container in task["containerDefinitions"]
        for mapping in container.get("portMappings") or ()
    }
    for each in balancers:
        place = (each["containerName"], each["containerPort"])
        if place not in ports:
            raise ValueError(f"loadBalancers name {place}: the task definition has {sorted(ports)}")
        (group,) = boto3_client("elbv2").describe_target_groups(TargetGroupArns=[each["targetGroupArn"]])[
            "TargetGroups"
        ]
        if not group.get("LoadBalancerArns"):
            raise ValueError(f"the target group {each['targetGroupArn']} belongs to no listener of a load balancer")


def long_enough_visibility(boto3_client: Boto3Clients, queue_arn: str, function: str) -> None:
    """Raise ValueError if a queue's visibility timeout is shorter than the timeout of the function that it feeds."""
    *_, account, name = queue_arn.split(":")
    sqs = boto3_client("sqs")
    url = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    timeout = boto3_client("lambda").get_function_configuration(FunctionName=function)["Timeout"]
    if int(attributes["VisibilityTimeout"]) < timeout:
        raise ValueError(
            f"visibilityTimeoutSeconds of {name} is {attributes['VisibilityTimeout']}: must be at least the function's "
            f"timeout, {timeout}"
        )


def new_rule(boto3_client: Boto3Clients, group: str, direction: str, permission: dict[str, Any]) -> None:
    """Raise ValueError if a security group has the same rule already, or as many in this direction as it may."""
    (details,) = boto3_client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"]
    key = "IpPermissions" if direction == "ingress" else "IpPermissionsEgress"
    if json.dumps(permission, sort_keys=True) in [_plain(each) for each in details.get(key) or ()]:
        raise ValueError(f"InvalidPermission.Duplicate: {group} has this {direction} rule already")
    rules = [*(details.get(key) or ()), permission]
    for family in ("IpRanges", "Ipv6Ranges"):  # AWS counts the two apart, and other sources in both
        kinds = (family, "UserIdGroupPairs", "PrefixListIds")
        if sum(len(rule.get(kind) or ()) for rule in rules for kind in kinds) > RULES:
            raise ValueError(f"RulesPerSecurityGroupLimitExceeded: {group} has {RULES} {direction} rules already")


def private_names(boto3_client: Boto3Clients, vpc: str) -> None:
    """Raise ValueError unless a network has both switches that private DNS names need."""
    for switch in ("enableDnsSupport", "enableDnsHostnames"):
        answer = boto3_client("ec2").describe_vpc_attribute(VpcId=vpc, Attribute=switch)
        if not answer[switch[0].upper() + switch[1:]]["Value"]:
            raise ValueError(f"privateDnsEnabled is true: {vpc} must have {switch}")


def room_for_policies(role: str, policies: Sequence[str]) -> None:
    """Raise ValueError if the inline policies of a role have more characters together than IAM takes."""
    taken = sum(len("".join(text.split())) for text in policies)
    if taken > INLINE_CHARACTERS:
        raise ValueError(f"the inline policies of {role} have {taken} characters: must be at most {INLINE_CHARACTERS}")


def room_for_subscription(boto3_client: Boto3Clients, topic: str) -> None:
    """Raise ValueError if a FIFO topic has as many subscriptions as it takes."""
    if not topic.endswith(".fifo"):
        return
    pages = boto3_client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    if sum(len(page["Subscriptions"]) for page in pages) >= FIFO_SUBSCRIPTIONS:
        raise ValueError(f"{topic} has {FIFO_SUBSCRIPTIONS} subscriptions: a FIFO topic takes no more")


def closed_to_the_public(boto3_client: Boto3Clients, bucket: str, policy: str) -> None:
    """Raise ValueError if a policy opens a bucket to everybody whose access block refuses that."""
    answer = unless_absent(boto3_client("s3").get_public_access_block, Bucket=bucket)
    if not answer or not answer["PublicAccessBlockConfiguration"].get("BlockPublicPolicy"):
        return
    statements: list[dict[str, Any]] | dict[str, Any] = json.loads(policy)["Statement"]
    for statement in statements if isinstance(statements, list) else [statements]:
        everybody = statement.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]})
        if everybody and statement["Effect"] == "Allow" and not statement.get("Condition"):
            raise ValueError(f"AccessDenied: the policy is public, and the access block of {bucket} refuses that")


def _plain(rule: dict[str, Any]) -> str:
    """Return a rule as the program wrote it: without empty lists, and without what EC2 adds to its sources."""
    kept = {key: _sources(value) for key, value in rule.items() if value not in ([], None)}
    return json.dumps(kept, sort_keys=True)


def _sources(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    sources = cast("list[dict[str, Any]]", value)
    return [{name: each[name] for name in each if name in SOURCES} for each in sources]

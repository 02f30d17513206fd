"""Checks between resources that AWS makes when one of them is created."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.runtime.local.resources.round_trips.world import World, balancer, function, group, subnet, vpc


@pytest.fixture
def world(cloud: Emulator, tmp_path: Path) -> Iterator[World]:
    own = World(cloud, tmp_path)
    yield own
    own.clear()


def in_one_zone(world: World) -> tuple[str, list[str]]:
    """Return a network and two subnets of it."""
    network, zone = vpc(world), "eu-south-1a"
    place = {"vpcId": network, "cidrBlock": "10.1.8.0/24", "availabilityZone": zone}
    return network, [subnet(world, network), world.id("aws:ec2/subnet:Subnet", "second", **place)]


def test_a_load_balancer_needs_two_zones(world: World) -> None:
    _, subnets = in_one_zone(world)
    with pytest.raises(ValueError, match="eu-south-1a, eu-south-1a: must be at least 2, each in another zone"):
        world.make("aws:lb/loadBalancer:LoadBalancer", "b", subnets=subnets)


def test_an_endpoint_needs_a_zone_for_each_subnet(world: World) -> None:
    network, subnets = in_one_zone(world)
    with pytest.raises(ValueError, match="each in another zone"):
        world.make(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            "e",
            vpcId=network,
            serviceName="com.amazonaws.eu-south-1.sqs",
            vpcEndpointType="Interface",
            subnetIds=subnets,
        )


def test_a_service_needs_the_container_and_the_listener(world: World) -> None:
    cluster = world.arn("aws:ecs/cluster:Cluster", "c")
    containers = '[{"name": "web", "image": "i", "portMappings": [{"containerPort": 80}]}]'
    task = world.arn(
        "aws:ecs/taskDefinition:TaskDefinition", "t", containerDefinitions=containers, cpu="256", memory="512"
    )
    target = group(world)
    arguments = {"cluster": cluster, "taskDefinition": task, "desiredCount": 0}
    for port, words in {8080: r"the task definition has \[\('web', 80\)\]", 80: "belongs to no listener"}.items():
        entry = {"containerName": "web", "containerPort": port, "targetGroupArn": target}
        with pytest.raises(ValueError, match=words):
            world.make("aws:ecs/service:Service", "s", **arguments, loadBalancers=[entry])


def test_a_queue_hides_messages_for_as_long_as_its_function_may_run(world: World) -> None:
    queue = world.arn("aws:sqs/queue:Queue", "q", visibilityTimeoutSeconds=1)
    name, _ = function(world)
    with pytest.raises(ValueError, match="is 1: must be at least the function's timeout, 3"):
        world.make("aws:lambda/eventSourceMapping:EventSourceMapping", "m", eventSourceArn=queue, functionName=name)


def test_a_rule_is_made_once(world: World) -> None:
    rule = {
        "securityGroupId": world.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(world)),
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrIpv4": "10.0.0.0/8",
    }
    world.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "one", **rule)
    with pytest.raises(ValueError, match=r"InvalidPermission\.Duplicate"):
        world.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "two", **rule)
    world.make("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", **rule)


def test_a_group_has_only_so_many_rules(world: World) -> None:
    place = {"securityGroupId": world.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(world))}
    rule = {**place, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    for number in range(60):
        own = {**rule, "cidrIpv4": f"10.0.{number}.0/24"}
        world.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", f"r{number}", **own)
    world.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "v6", **rule, cidrIpv6="2001:db8::/48")
    with pytest.raises(ValueError, match="RulesPerSecurityGroupLimitExceeded"):
        world.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "one", **rule, cidrIpv4="10.1.0.0/16")


@pytest.mark.parametrize("missing", ["enableDnsSupport", "enableDnsHostnames"])
def test_private_names_need_both_switches_of_the_network(world: World, missing: str) -> None:
    switches = {"enableDnsSupport": True, "enableDnsHostnames": True, missing: False}
    network = world.id("aws:ec2/vpc:Vpc", "v", cidrBlock="10.1.0.0/16", **switches)
    with pytest.raises(ValueError, match=f"must have {missing}"):
        world.make(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            "e",
            vpcId=network,
            serviceName="com.amazonaws.eu-south-1.sqs",
            vpcEndpointType="Interface",
            subnetIds=[subnet(world, network)],
            privateDnsEnabled=True,
        )


def test_the_policies_of_a_role_share_their_room(world: World) -> None:
    role = world.make("aws:iam/role:Role", "r", assumeRolePolicy="{}")[1]["name"]
    statement = {"Sid": "x" * 6_000, "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    half = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    world.make("aws:iam/rolePolicy:RolePolicy", "one", role=role, policy=half)
    with pytest.raises(ValueError, match=f"the inline policies of {role} have 12"):
        world.make("aws:iam/rolePolicy:RolePolicy", "two", role=role, policy=half)


def test_a_fifo_topic_has_only_so_many_subscriptions(world: World) -> None:
    topic = world.arn("aws:sns/topic:Topic", "t", fifoTopic=True)
    queue = {"topic": topic, "protocol": "sqs"}
    place = topic.replace(":sns:", ":sqs:").rpartition(":")[0]
    for number in range(100):
        world.make(
            "aws:sns/topicSubscription:TopicSubscription", f"s{number}", **queue, endpoint=f"{place}:{number}.fifo"
        )
    with pytest.raises(ValueError, match="a FIFO topic takes no more"):
        world.make("aws:sns/topicSubscription:TopicSubscription", "one", **queue, endpoint=f"{place}:more.fifo")


def test_a_closed_bucket_takes_no_public_policy(world: World) -> None:
    bucket = world.id("aws:s3/bucket:Bucket", "b")
    about = {"Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    texts = {each: json.dumps({"Statement": [{"Effect": each, **about}]}) for each in ("Allow", "Deny")}
    world.make("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "p", bucket=bucket, blockPublicPolicy=True)
    world.make("aws:s3/bucketPolicy:BucketPolicy", "deny", bucket=bucket, policy=texts["Deny"])
    with pytest.raises(ValueError, match="AccessDenied: the policy is public"):
        world.make("aws:s3/bucketPolicy:BucketPolicy", "allow", bucket=bucket, policy=texts["Allow"])


def test_a_load_balancer_in_two_zones_is_made(world: World) -> None:
    assert balancer(world)

"""The network of a stack: its own, or one that is there."""

from runtime.local.emulator.emulator import Emulator
from tests.components.stack import Deploy, Stack


def test_nat_as_configured(dev: Stack, production: Stack) -> None:
    assert len(production.of("NatGateway")) == 3
    assert len(production.of("Subnet")) == 6
    assert not dev.of("NatGateway")
    kinds = [each.inputs["vpcEndpointType"] for each in dev.of("VpcEndpoint")]
    assert kinds.count("Gateway") == 2
    assert kinds.count("Interface") == 6, "without NAT, what a task needs is reached inside the VPC"
    assert [each.inputs["vpcEndpointType"] for each in production.of("VpcEndpoint")] == ["Gateway", "Gateway"]
    assert dev.one("Service", "pacs-api").inputs["networkConfiguration"]["assignPublicIp"] is True
    assert production.one("Service", "pacs-api").inputs["networkConfiguration"]["assignPublicIp"] is False


def test_an_existing_network_is_used_as_it_is(cloud: Emulator, program: Deploy) -> None:
    ec2 = cloud.boto3_client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    ids = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{number}.0/24", AvailabilityZone=f"eu-south-1{'ab'[number % 2]}")[
            "Subnet"
        ]["SubnetId"]
        for number in range(4)
    ]
    told = program({"vpcId": vpc, "publicSubnetIds": ids[:2], "privateSubnetIds": ids[2:]})
    stack = Stack(told["resources"], told["outputs"], cloud)
    for kind in ("Vpc", "Subnet", "NatGateway", "VpcEndpoint"):
        assert not stack.of(kind), kind
    assert stack.one("Service", "pacs-api").inputs["networkConfiguration"]["subnets"] == ids[2:]
    assert {each.inputs["vpcId"] for each in stack.of("SecurityGroup")} == {vpc}

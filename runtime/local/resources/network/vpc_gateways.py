"""The ways out of a network: gateways, addresses and endpoints."""

from runtime.local.resources.base import Properties, pick, unless_absent
from runtime.local.resources.network.vpc import Ec2
from runtime.local.resources.relations import distinct_zones, private_names


class InternetGateway(Ec2):
    """aws:ec2/internetGateway:InternetGateway."""

    replace_on = frozenset({"vpcId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the gateway's; it is attached at once."""
        gateway = self.api.create_internet_gateway(**self.tags_of("internet-gateway", inputs))["InternetGateway"]
        identity = gateway["InternetGatewayId"]
        if inputs.get("vpcId"):
            self.api.attach_internet_gateway(InternetGatewayId=identity, VpcId=inputs["vpcId"])
        return identity, dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the gateway."""
        details = self.one("describe_internet_gateways", "InternetGateways", InternetGatewayIds=[identity])
        return None if details is None else dict(state)

    def delete(self, identity: str, state: Properties) -> None:
        """Detach and remove."""
        if state.get("vpcId"):
            unless_absent(self.api.detach_internet_gateway, InternetGatewayId=identity, VpcId=state["vpcId"])
        unless_absent(self.api.delete_internet_gateway, InternetGatewayId=identity)


class Eip(Ec2):
    """aws:ec2/eip:Eip."""

    replace_on = frozenset({"domain"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its allocation's."""
        identity = self.api.allocate_address(Domain="vpc")["AllocationId"]
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the address."""
        details = self.one("describe_addresses", "Addresses", AllocationIds=[identity])
        return None if details is None else {**state, "allocationId": identity, "publicIp": details["PublicIp"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Release it."""
        unless_absent(self.api.release_address, AllocationId=identity)


class NatGateway(Ec2):
    """aws:ec2/natGateway:NatGateway."""

    replace_on = frozenset({"subnetId", "allocationId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the gateway's."""
        identity = self.api.create_nat_gateway(
            SubnetId=inputs["subnetId"], **pick(inputs, AllocationId="allocationId")
        )["NatGateway"]["NatGatewayId"]
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; EC2 still describes a deleted gateway for a while."""
        details = self.one("describe_nat_gateways", "NatGateways", NatGatewayIds=[identity])
        return None if details is None or details["State"] == "deleted" else dict(state)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_nat_gateway, NatGatewayId=identity)


class VpcEndpoint(Ec2):
    """aws:ec2/vpcEndpoint:VpcEndpoint."""

    replace_on = frozenset({"vpcId", "serviceName", "vpcEndpointType"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the endpoint's."""
        if inputs.get("subnetIds"):
            distinct_zones(self.boto3_client, inputs["subnetIds"], 1)
        if inputs.get("privateDnsEnabled"):
            private_names(self.boto3_client, inputs["vpcId"])
        details = self.api.create_vpc_endpoint(
            VpcId=inputs["vpcId"],
            ServiceName=inputs["serviceName"],
            VpcEndpointType=inputs.get("vpcEndpointType") or "Gateway",
            **pick(
                inputs,
                RouteTableIds="routeTableIds",
                SubnetIds="subnetIds",
                SecurityGroupIds="securityGroupIds",
                PrivateDnsEnabled="privateDnsEnabled",
            ),
            **self.tags_of("vpc-endpoint", inputs),
        )["VpcEndpoint"]
        return details["VpcEndpointId"], {**inputs, "vpcId": details["VpcId"]}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; a deleted endpoint is gone."""
        details = self.one("describe_vpc_endpoints", "VpcEndpoints", VpcEndpointIds=[identity])
        return None if details is None or details.get("State") == "deleted" else {**state, "vpcId": details["VpcId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_vpc_endpoints, VpcEndpointIds=[identity])

"""Networks: VPC, subnets, gateways, routes and endpoints."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, absent, pick, tags_list, unless_absent
from runtime.local.resources.relations import distinct_zones, private_names

from botocore.exceptions import ClientError  # isort: skip


class Ec2(Handler):
    """The base of EC2's types: a call of its own sets tags, and a describe call takes ids."""

    service = "ec2"

    def tag(self, identity: str, inputs: Properties) -> None:
        """Set the tags."""
        if inputs.get("tags"):
            self.api.create_tags(Resources=[identity], Tags=tags_list(inputs))

    def one(self, operation: str, key: str, **arguments: Any) -> dict[str, Any] | None:
        """Return the only entry of a describe call, or None."""
        answer = unless_absent(getattr(self.api, operation), **arguments)
        return answer[key][0] if answer and answer[key] else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change the tags; nothing else changes in place."""
        self.tag(identity, new)
        return self.present(identity, new)


class Vpc(Ec2):
    """aws:ec2/vpc:Vpc."""

    replace_on = frozenset({"cidrBlock", "instanceTenancy"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the VPC's."""
        identity = self.api.create_vpc(**pick(inputs, CidrBlock="cidrBlock", InstanceTenancy="instanceTenancy"))["Vpc"][
            "VpcId"
        ]
        self._dns(identity, inputs)
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def _dns(self, identity: str, inputs: Properties) -> None:
        for name in ("enableDnsSupport", "enableDnsHostnames"):
            if inputs.get(name) is not None:
                key = name[0].upper() + name[1:]
                self.api.modify_vpc_attribute(VpcId=identity, **{key: {"Value": inputs[name]}})

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the VPC; without IPv6 its block is an empty text, as in the provider."""
        details = self.one("describe_vpcs", "Vpcs", VpcIds=[identity])
        if details is None:
            return None
        region = self.api.meta.region_name
        return {
            **state,
            "cidrBlock": details["CidrBlock"],
            "arn": f"arn:aws:ec2:{region}:{details.get('OwnerId', '')}:vpc/{identity}",
            "ownerId": details.get("OwnerId", ""),
            "ipv6CidrBlock": "",
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change the tags and the DNS settings."""
        self._dns(identity, new)
        return super().update(identity, old, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_vpc, VpcId=identity)


class Subnet(Ec2):
    """aws:ec2/subnet:Subnet."""

    replace_on = frozenset({"vpcId", "cidrBlock", "availabilityZone"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the subnet's."""
        identity = self.api.create_subnet(
            **pick(inputs, VpcId="vpcId", CidrBlock="cidrBlock", AvailabilityZone="availabilityZone")
        )["Subnet"]["SubnetId"]
        if inputs.get("mapPublicIpOnLaunch"):
            self.api.modify_subnet_attribute(SubnetId=identity, MapPublicIpOnLaunch={"Value": True})
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the subnet."""
        details = self.one("describe_subnets", "Subnets", SubnetIds=[identity])
        if details is None:
            return None
        region, owner = self.api.meta.region_name, details.get("OwnerId", "")
        return {
            **state,
            "vpcId": details["VpcId"],
            "cidrBlock": details["CidrBlock"],
            "availabilityZone": details["AvailabilityZone"],
            "arn": f"arn:aws:ec2:{region}:{owner}:subnet/{identity}",
        }

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_subnet, SubnetId=identity)


class InternetGateway(Ec2):
    """aws:ec2/internetGateway:InternetGateway."""

    replace_on = frozenset({"vpcId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the gateway's; it is attached at once."""
        identity = self.api.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        if inputs.get("vpcId"):
            self.api.attach_internet_gateway(InternetGatewayId=identity, VpcId=inputs["vpcId"])
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the gateway."""
        details = self.one("describe_internet_gateways", "InternetGateways", InternetGatewayIds=[identity])
        return None if details is None else dict(state)

    def delete(self, identity: str, state: Properties) -> None:
        """Detach and remove."""
        if state.get("vpcId"):
            unless_absent(self.api.detach_internet_gateway, InternetGatewayId=identity, VpcId=state["vpcId"])
        unless_absent(self.api.delete_internet_gateway, InternetGatewayId=identity)


class RouteTable(Ec2):
    """aws:ec2/routeTable:RouteTable."""

    replace_on = frozenset({"vpcId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the table's."""
        identity = self.api.create_route_table(VpcId=inputs["vpcId"])["RouteTable"]["RouteTableId"]
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the table."""
        details = self.one("describe_route_tables", "RouteTables", RouteTableIds=[identity])
        return None if details is None else {**state, "vpcId": details["VpcId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_route_table, RouteTableId=identity)


class Route(Ec2):
    """aws:ec2/route:Route."""

    replace_on = frozenset({"routeTableId", "destinationCidrBlock"})

    def _target(self, inputs: Properties) -> dict[str, Any]:
        return {
            "RouteTableId": inputs["routeTableId"],
            "DestinationCidrBlock": inputs["destinationCidrBlock"],
            **pick(inputs, GatewayId="gatewayId", NatGatewayId="natGatewayId"),
        }

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is `r-<table>` and the destination instead of a hash."""
        self.api.create_route(**self._target(inputs))
        return f"r-{inputs['routeTableId']}-{inputs['destinationCidrBlock']}", dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Look for it in its table."""
        table = self.one("describe_route_tables", "RouteTables", RouteTableIds=[state["routeTableId"]])
        there = any(
            entry.get("DestinationCidrBlock") == state["destinationCidrBlock"]
            for entry in (table or {}).get("Routes", ())
        )
        return dict(state) if there else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Point it elsewhere."""
        self.api.replace_route(**self._target(new))
        return dict(new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(
            self.api.delete_route,
            RouteTableId=state["routeTableId"],
            DestinationCidrBlock=state["destinationCidrBlock"],
        )


class RouteTableAssociation(Ec2):
    """aws:ec2/routeTableAssociation:RouteTableAssociation."""

    replace_on = frozenset({"subnetId", "routeTableId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the association's."""
        identity = self.api.associate_route_table(RouteTableId=inputs["routeTableId"], SubnetId=inputs["subnetId"])[
            "AssociationId"
        ]
        return identity, dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Look for it in its table."""
        table = self.one("describe_route_tables", "RouteTables", RouteTableIds=[state["routeTableId"]])
        ids = [entry["RouteTableAssociationId"] for entry in (table or {}).get("Associations", ())]
        return dict(state) if identity in ids else None

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        try:
            self.api.disassociate_route_table(AssociationId=identity)
        except ClientError as error:
            if not absent(error):
                raise


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
        identity = self.api.create_vpc_endpoint(
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
        )["VpcEndpoint"]["VpcEndpointId"]
        self.tag(identity, inputs)
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; a deleted endpoint is gone."""
        details = self.one("describe_vpc_endpoints", "VpcEndpoints", VpcEndpointIds=[identity])
        return None if details is None or details.get("State") == "deleted" else {**state, "vpcId": details["VpcId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_vpc_endpoints, VpcEndpointIds=[identity])

"""Networks: VPC and subnets."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent


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

"""Networks: VPC and subnets."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent


class Ec2(Handler):
    """The base of EC2's types: a create call sets tags, later a call of its own; a describe call takes ids."""

    service = "ec2"

    def tags_of(self, kind: str, inputs: Properties) -> dict[str, Any]:
        """Return the argument of a create call that gives the new resource, of this kind, its tags."""
        tags = tags_list(inputs)
        return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}

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
        settings = pick(inputs, CidrBlock="cidrBlock", InstanceTenancy="instanceTenancy")
        details = self.api.create_vpc(**settings, **self.tags_of("vpc", inputs))["Vpc"]
        self._dns(details["VpcId"], inputs)
        return details["VpcId"], self._outputs(inputs, details)

    def _dns(self, identity: str, inputs: Properties) -> None:
        for name in ("enableDnsSupport", "enableDnsHostnames"):
            if inputs.get(name) is not None:
                key = name[0].upper() + name[1:]
                self.api.modify_vpc_attribute(VpcId=identity, **{key: {"Value": inputs[name]}})

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the VPC; without IPv6 its block is an empty text, as in the provider."""
        details = self.one("describe_vpcs", "Vpcs", VpcIds=[identity])
        return None if details is None else self._outputs(state, details)

    def _outputs(self, state: Properties, details: Properties) -> Properties:
        region = self.api.meta.region_name
        return {
            **state,
            "cidrBlock": details["CidrBlock"],
            "arn": f"arn:aws:ec2:{region}:{details.get('OwnerId', '')}:vpc/{details['VpcId']}",
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
        settings = pick(inputs, VpcId="vpcId", CidrBlock="cidrBlock", AvailabilityZone="availabilityZone")
        details = self.api.create_subnet(**settings, **self.tags_of("subnet", inputs))["Subnet"]
        identity = details["SubnetId"]
        if inputs.get("mapPublicIpOnLaunch"):
            self.api.modify_subnet_attribute(SubnetId=identity, MapPublicIpOnLaunch={"Value": True})
        return identity, self._outputs(inputs, details)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the subnet."""
        details = self.one("describe_subnets", "Subnets", SubnetIds=[identity])
        return None if details is None else self._outputs(state, details)

    def _outputs(self, state: Properties, details: Properties) -> Properties:
        region, owner = self.api.meta.region_name, details.get("OwnerId", "")
        return {
            **state,
            "vpcId": details["VpcId"],
            "cidrBlock": details["CidrBlock"],
            "availabilityZone": details["AvailabilityZone"],
            "arn": f"arn:aws:ec2:{region}:{owner}:subnet/{details['SubnetId']}",
        }

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_subnet, SubnetId=identity)

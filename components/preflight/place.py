"""Asks AWS, in preview, about the region, zones and subnets in which the stack is going to be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi_aws as aws


@dataclass(frozen=True, slots=True)
class Zone:
    """An availability zone; its id, unlike its name, is the same in every account."""

    name: str
    id: str

    def is_local(self, region: str) -> bool:
        """Whether it is a local or a Wavelength zone, which has neither Fargate nor NAT gateways."""
        return not re.fullmatch(rf"{re.escape(region)}[a-z]", self.name)


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet of the existing VPC."""

    vpc_id: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Place:
    """The region, zones and subnets in which the stack is going to be."""

    region: str
    partition: str
    account: str = ""
    zones: Sequence[Zone] = ()
    """The region's zones that the account may use, local zones included, in the order in which awsx takes them."""
    subnets: Mapping[str, Subnet] = field(default_factory=dict[str, Subnet])
    """The configured subnets that exist, by id."""
    gateway: bool = True
    """Whether the existing VPC has an internet gateway, which CloudFront requires."""


def look(values: Mapping[str, Any]) -> Place:
    """Ask AWS; `values` are the keys of the configuration that could be read."""
    here = aws.get_region().region, aws.get_partition().partition, aws.get_caller_identity().account_id
    if values.get("vpc_id"):
        gateway = not values.get("web") or _has_gateway(values["vpc_id"])
        return Place(*here, subnets=_subnets(values), gateway=gateway)
    zones = aws.get_availability_zones()
    return Place(*here, [Zone(*each) for each in zip(zones.names, zones.zone_ids, strict=True)])


def _subnets(values: Mapping[str, Any]) -> dict[str, Subnet]:
    named = [*values.get("public_subnet_ids", ()), *values.get("private_subnet_ids", ())]
    if not named:
        return {}
    # with a filter, a subnet that does not exist is missing from the answer instead of an error
    existing = aws.ec2.get_subnets(filters=[aws.ec2.GetSubnetsFilterArgs(name="subnet-id", values=named)]).ids
    subnets = {each: aws.ec2.get_subnet(id=each) for each in existing}
    return {
        each: Subnet(subnet.vpc_id, Zone(subnet.availability_zone, subnet.availability_zone_id))
        for each, subnet in subnets.items()
    }


def _has_gateway(vpc: str) -> bool:
    attached = aws.ec2.GetInternetGatewayFilterArgs(name="attachment.vpc-id", values=[vpc])
    try:
        aws.ec2.get_internet_gateway(filters=[attached])
    except Exception as error:
        if "no matching" not in str(error):  # the provider reports an empty answer in no other way
            raise
        return False
    return True

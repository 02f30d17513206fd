"""Finds subnets of an existing VPC that do not fit it or the load balancer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from components.configuration.fields import key
from components.preflight.place import Place


def faults(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    """Return what is wrong with the subnets that the configuration names."""
    vpc: str = values["vpc_id"]
    wrong: list[str] = []
    for name in ("public_subnet_ids", "private_subnet_ids"):
        for subnet in values.get(name, ()):
            if subnet not in place.subnets:
                wrong.append(
                    f"{project}:{key(name)} names {subnet}, which {place.region} does not have: name subnets of {vpc}."
                )
            elif place.subnets[subnet].vpc_id != vpc:
                wrong.append(
                    f"{project}:{key(name)} names {subnet} of {place.subnets[subnet].vpc_id}, and {project}:vpcId is "
                    f"{vpc}: name subnets of that VPC, or change the VPC."
                )
            elif (zone := place.subnets[subnet].zone).is_local(place.region):
                wrong.append(
                    f"{project}:{key(name)} names {subnet} in {zone.name}, a local zone, which has neither Fargate nor "
                    f"NAT gateways: name a subnet of another zone."
                )
    balanced = "private_subnet_ids" if values.get("pacs_api_internal", True) else "public_subnet_ids"
    return [*wrong, *_of_the_balancer(project, balanced, values.get(balanced, ()), place)]


def _of_the_balancer(project: str, name: str, named: Sequence[str], place: Place) -> list[str]:
    zones = Counter(place.subnets[subnet].zone.name for subnet in named if subnet in place.subnets)
    twice = sorted(zone for zone, number in zones.items() if number > 1)
    if twice:
        return [
            f"{project}:{key(name)} has more than one subnet in {', '.join(twice)}, and the PACS API's load balancer "
            "takes one a zone, in at least two zones: name one subnet of each zone."
        ]
    return []

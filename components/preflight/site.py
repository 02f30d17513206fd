"""What CloudFront requires of an existing VPC to reach the PACS API's load balancer in it.

Source of both rules: "Restrict access with VPC origins" in CloudFront's developer guide.
"""

from collections.abc import Mapping
from typing import Any

from components.preflight.place import Place

# Ids of the zones in which CloudFront reaches no load balancer; ids are the same in every account.
WITHOUT_VPC_ORIGIN = ("use1-az3", "usw1-az2", "apne1-az3", "cac1-az3")


def faults(project: str, values: Mapping[str, Any], place: Place) -> list[str]:
    """Return what the existing VPC lacks for a stack with a page."""
    if not values.get("web"):
        return []
    wrong: list[str] = []
    if not place.gateway:
        wrong.append(
            f"{project}:web is true, and {project}:vpcId, {values['vpc_id']}, has no internet gateway, without which "
            "CloudFront reaches no load balancer in a VPC: attach one (no traffic passes it and no route is needed), "
            f"or set {project}:web to false."
        )
    for subnet in values.get("private_subnet_ids", ()):
        if subnet in place.subnets and (zone := place.subnets[subnet].zone).id in WITHOUT_VPC_ORIGIN:
            wrong.append(
                f"{project}:web is true, and {project}:privateSubnetIds names {subnet} in {zone.name} ({zone.id}), "
                f"where CloudFront reaches no load balancer: name a subnet of another zone, or set {project}:web to "
                "false."
            )
    return wrong

"""A stand-in for the awsx component provider: the same children, names and outputs, from the same aws resources.

Both front ends construct these classes, so the embedded cloud needs no expansion of its own for each.
"""

from collections.abc import Callable
from typing import Any

import pulumi

from runtime.local.awsx.fargate_service import FargateService
from runtime.local.awsx.image import Image
from runtime.local.awsx.lb import ApplicationLoadBalancer
from runtime.local.awsx.repository import Repository
from runtime.local.awsx.vpc import Vpc

COMPONENTS: dict[str, Callable[[str, dict[str, Any], pulumi.ResourceOptions], pulumi.ComponentResource]] = {
    "awsx:ec2:Vpc": Vpc,
    "awsx:ecr:Image": Image,
    "awsx:ecr:Repository": Repository,
    "awsx:ecs:FargateService": FargateService,
    "awsx:lb:ApplicationLoadBalancer": ApplicationLoadBalancer,
}

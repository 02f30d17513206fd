"""The resources that a round trip needs beside its own."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.base import Handler
from runtime.local.resources.table import Table

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}],
}


def policy(action: str) -> str:
    """Return a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


class World:
    """The resources that a test creates; `clear` deletes them."""

    def __init__(self, cloud: Emulator, folder: Path) -> None:
        self.table = Table(cloud.boto3_client)
        self._resources: list[tuple[Handler, str, dict[str, Any]]] = []
        self._folder = folder
        self._zips = 0

    def make(self, token: str, name: str, **inputs: Any) -> tuple[str, dict[str, Any]]:
        """Create one resource."""
        handler = self.table.handler(token)
        identity, outputs = handler.create(handler.check(name, inputs, {}))
        self._resources.append((handler, identity, outputs))
        return identity, outputs

    def id(self, token: str, name: str, **inputs: Any) -> str:
        """Create one resource and return its id."""
        return self.make(token, name, **inputs)[0]

    def arn(self, token: str, name: str, **inputs: Any) -> str:
        """Create one resource and return its ARN."""
        return self.make(token, name, **inputs)[1]["arn"]

    def code(self, text: str) -> pulumi.FileArchive:
        """Return a zip with one handler."""
        self._zips += 1
        path = self._folder / f"{self._zips}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("main.py", text)
        return pulumi.FileArchive(str(path))

    def folder(self, name: str) -> Path:
        """Return a folder that holds one file."""
        path = self._folder / name
        path.mkdir()
        (path / "Dockerfile").write_text("FROM scratch")
        return path

    def clear(self) -> None:
        """Delete everything, the last first."""
        for handler, identity, outputs in reversed(self._resources):
            handler.delete(identity, outputs)


Case = tuple[Callable[[World], dict[str, Any]], dict[str, Any]]


def vpc(world: World) -> str:
    return world.id("aws:ec2/vpc:Vpc", "v", cidrBlock="10.1.0.0/16")


def subnet(world: World, of: str, number: int = 0) -> str:
    zone = f"eu-south-1{'ab'[number]}"
    return world.id("aws:ec2/subnet:Subnet", "s", vpcId=of, cidrBlock=f"10.1.{number}.0/24", availabilityZone=zone)


def role(world: World) -> tuple[str, dict[str, Any]]:
    return world.make("aws:iam/role:Role", "r", assumeRolePolicy=json.dumps(TRUST))


def function(world: World) -> tuple[str, dict[str, Any]]:
    code = world.code("def handler(event, context): return 1")
    return world.make(
        "aws:lambda/function:Function",
        "f",
        code=code,
        handler="main.handler",
        runtime="python3.13",
        role=role(world)[1]["arn"],
    )


def balancer(world: World) -> str:
    network = vpc(world)
    return world.arn(
        "aws:lb/loadBalancer:LoadBalancer", "lb", subnets=[subnet(world, network), subnet(world, network, 1)]
    )


def group(world: World) -> str:
    return world.arn(
        "aws:lb/targetGroup:TargetGroup", "tg", port=8080, protocol="HTTP", vpcId=vpc(world), targetType="ip"
    )


def bucket(world: World) -> str:
    return world.id("aws:s3/bucket:Bucket", "bucket")


def queue(world: World) -> tuple[str, dict[str, Any]]:
    return world.make("aws:sqs/queue:Queue", "q", fifoQueue=True)


def topic(world: World) -> str:
    return world.id("aws:sns/topic:Topic", "t", fifoTopic=True)


def api(world: World) -> str:
    return world.id("aws:apigatewayv2/api:Api", "api", protocolType="HTTP")


def route_table(world: World) -> tuple[str, str]:
    network = vpc(world)
    return network, world.id("aws:ec2/routeTable:RouteTable", "rt", vpcId=network)

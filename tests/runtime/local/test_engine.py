"""The in-process front end, on programs of a few lines."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from runtime.local.emulator import Emulator

RUN = """
import dataclasses, json, sys
from pathlib import Path
from runtime.aws import client
from runtime.local.engine import run
from runtime.local.resources.table import Table
try:
    made = dataclasses.asdict(run(Path(sys.argv[1]), "p", "s", {"p:word": "here"}, Table(client)))
except Exception as error:
    made = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(made, default=str))
"""


def run(cloud: Emulator, folder: Path, program: str) -> dict[str, Any]:
    """Run a program in a process of its own, as the deployer does."""
    path = folder / "program.py"
    path.write_text("import pulumi\nimport pulumi_aws as aws\nimport pulumi_awsx as awsx\n" + dedent(program))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)],
        env={**os.environ, **cloud.environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_resources_are_made_and_outputs_known(cloud: Emulator, tmp_path: Path) -> None:
    made = run(
        cloud,
        tmp_path,
        """
        queue = aws.sqs.Queue("work", visibility_timeout_seconds=45)
        pulumi.export("url", queue.url)
        pulumi.export("word", pulumi.Config().require("word"))
        """,
    )
    assert made["outputs"]["word"] == "here"
    url = made["outputs"]["url"]
    attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["VisibilityTimeout"] == "45"
    assert [each["urn"] for each in made["resources"]] == ["urn:pulumi:s::p::aws:sqs/queue:Queue::work"]


@pytest.mark.parametrize("body", ["awsx.ec2.DefaultVpc('d')", "aws.sfn.StateMachine('d', definition='', role_arn='')"])
def test_an_unknown_type_stops_the_program_and_is_named(cloud: Emulator, tmp_path: Path, body: str) -> None:
    error = run(cloud, tmp_path, body)["error"]
    assert error.startswith("ResourceError")
    assert "awsx:ec2:DefaultVpc" in error or "aws:sfn/stateMachine:StateMachine" in error
    assert "add one in runtime/local" in error


def test_a_resource_that_fails_is_named_with_the_reason(cloud: Emulator, tmp_path: Path) -> None:
    error = run(cloud, tmp_path, "aws.sqs.Queue('bad', visibility_timeout_seconds=999999)")["error"]
    assert "aws:sqs/queue:Queue 'bad'" in error
    assert "VisibilityTimeout" in error


def test_an_existing_resource_is_read_and_a_missing_one_is_an_error(cloud: Emulator, tmp_path: Path) -> None:
    place = {"LocationConstraint": "eu-south-1"}
    cloud.client("s3").create_bucket(Bucket="there-already", CreateBucketConfiguration=place)
    made = run(cloud, tmp_path, "pulumi.export('arn', aws.s3.Bucket.get('b', 'there-already').arn)")
    assert made["outputs"]["arn"] == "arn:aws:s3:::there-already"
    error = run(cloud, tmp_path, "aws.s3.Bucket.get('b', 'not-there')")["error"]
    assert "not-there does not exist" in error


def test_an_error_of_the_program_itself_is_its_own(cloud: Emulator, tmp_path: Path) -> None:
    error = run(cloud, tmp_path, "aws.sqs.Queue('q')\nraise ValueError('on purpose')")["error"]
    assert error == "ValueError: on purpose"


def test_awsx_components_have_the_real_children(cloud: Emulator, tmp_path: Path) -> None:
    made = run(
        cloud,
        tmp_path,
        """
        vpc = awsx.ec2.Vpc("net", number_of_availability_zones=2, nat_gateways={"strategy": "None"})
        balancer = awsx.lb.ApplicationLoadBalancer(
            "lb", subnet_ids=vpc.public_subnet_ids, default_target_group_port=8080
        )
        cluster = aws.ecs.Cluster("c")
        port = {"container_port": 8080, "target_group": balancer.default_target_group}
        service = awsx.ecs.FargateService(
            "svc",
            cluster=cluster.arn,
            network_configuration={"subnets": vpc.private_subnet_ids, "security_groups": ["sg-1"]},
            task_definition_args={"container": {"name": "web", "image": "i", "port_mappings": [port]}},
        )
        repository = awsx.ecr.Repository("Repo")
        pulumi.export("dns", balancer.load_balancer.apply(lambda found: found.dns_name))
        pulumi.export("service", service.service.apply(lambda found: found.name))
        pulumi.export("url", repository.url)
        """,
    )
    counts: dict[str, int] = {}
    for each in made["resources"]:
        counts[each["type"].split(":")[-1]] = counts.get(each["type"].split(":")[-1], 0) + 1
    assert counts == {
        "Vpc": 1,
        "Subnet": 4,
        "InternetGateway": 1,
        "RouteTable": 4,
        "RouteTableAssociation": 4,
        "Route": 2,
        "SecurityGroup": 1,
        "LoadBalancer": 1,
        "TargetGroup": 1,
        "Listener": 1,
        "Cluster": 1,
        "LogGroup": 1,
        "Role": 2,
        "RolePolicyAttachment": 1,
        "TaskDefinition": 1,
        "Service": 1,
        "Repository": 1,
        "LifecyclePolicy": 1,
    }
    assert made["outputs"]["dns"].startswith("127.0.0.1:")
    assert made["outputs"]["service"].startswith("svc-")
    service = next(each for each in made["resources"] if each["type"] == "aws:ecs/service:Service")
    assert service["inputs"]["loadBalancers"][0]["containerPort"] == 8080
    assert "awsx:ecs:FargateService$aws:ecs/service:Service" in service["urn"]


def test_an_argument_that_the_stand_in_does_not_know_is_refused(cloud: Emulator, tmp_path: Path) -> None:
    error = run(cloud, tmp_path, "awsx.ec2.Vpc('net', instance_tenancy='dedicated')")["error"]
    assert "instanceTenancy" in error

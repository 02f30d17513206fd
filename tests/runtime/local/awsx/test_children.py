"""The children of the components: the same types, names, parents, ports and tags as awsx makes."""

import json
from pathlib import Path
from typing import Any

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.table import Table
from tests.runtime.local.awsx.expected import ROWS, Row
from tests.runtime.local.awsx.program import PROGRAM
from tests.runtime.local.programs import run

pytestmark = pytest.mark.xdist_group("awsx")  # one program, in one process


@pytest.fixture(scope="module")
def deployment(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("awsx")
    (folder / "context").mkdir()
    (folder / "context" / "Dockerfile").write_text("FROM scratch")
    answer = run(cloud, folder, f"CONTEXT = {str(folder / 'context')!r}\n{PROGRAM}")
    assert "error" not in answer, answer["error"]
    return answer


def key(urn: str) -> tuple[str, str]:
    """Return the type and the name in a URN."""
    return urn.split("::")[2].rsplit("$", 1)[-1], urn.split("::", 3)[3]


def one(deployment: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    (resource,) = [each for each in deployment["resources"] if (each["type"], each["name"]) == (kind, name)]
    return resource


def containers(deployment: dict[str, Any], name: str) -> list[dict[str, Any]]:
    task = one(deployment, "aws:ecs/taskDefinition:TaskDefinition", name)
    return json.loads(task["inputs"]["containerDefinitions"])


def rules(deployment: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return json.loads(one(deployment, "aws:ecr/lifecyclePolicy:LifecyclePolicy", name)["inputs"]["policy"])["rules"]


def test_all_children_and_no_others(deployment: dict[str, Any]) -> None:
    children = sorted((*key(each["urn"]), *key(each["parent"])) for each in deployment["resources"])
    assert children == sorted(row[:4] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0].rsplit(':', 1)[-1]}-{row[1]}")
def test_what_a_component_decides(deployment: dict[str, Any], row: Row) -> None:
    kind, name, *_, inputs = row
    actual = one(deployment, kind, name)["inputs"]
    assert {key: actual.get(key) for key in inputs} == inputs


def test_a_container_is_called_by_its_key_and_gets_its_target_groups_port(deployment: dict[str, Any]) -> None:
    side, web = containers(deployment, "svc")
    assert (side["name"], web["name"]) == ("side", "web")
    assert web["portMappings"] == [{"containerPort": 8080, "hostPort": 8080}]
    assert web["logConfiguration"]["options"]["awslogs-stream-prefix"] == "web"
    (balancer,) = one(deployment, "aws:ecs/service:Service", "svc")["inputs"]["loadBalancers"]
    assert (balancer["containerName"], balancer["containerPort"]) == ("web", 8080)


def test_a_single_container_without_a_name_and_without_a_log_group(deployment: dict[str, Any]) -> None:
    (container,) = containers(deployment, "given")
    assert container["name"] == "container"
    assert "logConfiguration" not in container
    assert container["portMappings"] == [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]


def test_a_family_is_the_name_and_a_hash(deployment: dict[str, Any]) -> None:
    family = one(deployment, "aws:ecs/taskDefinition:TaskDefinition", "svc")["inputs"]["family"]
    name, digits = family.rsplit("-", 1)
    assert (name, len(digits)) == ("svc", 8)


def test_the_rule_for_any_image_comes_last(deployment: dict[str, Any]) -> None:
    assert [rule["selection"]["tagStatus"] for rule in rules(deployment, "ruled")] == ["untagged", "any"]
    (rule,) = rules(deployment, "repo")
    assert (rule["description"], rule["selection"]["countNumber"]) == ("remove untagged images", 1)


def test_an_image_is_known_by_its_digest(deployment: dict[str, Any]) -> None:
    assert deployment["outputs"]["imageUri"].startswith(f"{deployment['outputs']['repository']}@sha256:")


def test_outputs_come_in_the_order_of_zones(deployment: dict[str, Any]) -> None:
    assert len(deployment["outputs"]["subnets"]) == 4
    assert deployment["outputs"]["dns"].startswith("127.0.0.1:")


def test_deleting_an_image_takes_it_out_of_the_registry(cloud: Emulator, deployment: dict[str, Any]) -> None:
    handler = Table(cloud.boto3_client).handler("docker-build:index:Image")
    image = one(deployment, "docker-build:index:Image", "v1")
    assert handler.read(image["id"], image["outputs"]) is not None
    handler.delete(image["id"], image["outputs"])
    assert handler.read(image["id"], image["outputs"]) is None

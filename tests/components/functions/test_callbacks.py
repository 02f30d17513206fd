"""What a stack has for callbacks: nothing without hosts, and a table that the router and one function alone reach."""

import json

from runtime.local.emulator.emulator import Emulator
from tests.components.stack import Deploy, Stack


def test_without_hosts_nothing_is_deployed(dev: Stack) -> None:
    assert not [each for each in dev.all if "callbacks" in each.name]


def test_only_the_router_writes_a_secret_and_only_the_function_reads_it(cloud: Emulator, program: Deploy) -> None:
    told = program({"callbackHosts": ["hooks.example.org"]})
    assert "error" not in told, told["error"]
    stack = Stack(told["resources"], told["outputs"], cloud)
    (table,) = [each for each in stack.of("Table") if each.name == "callbacks"]
    reached: dict[str, set[str]] = {}
    for policy in stack.of("RolePolicy"):
        for statement in json.loads(policy.inputs["policy"])["Statement"]:
            if table.outputs["arn"] in statement["Resource"]:
                reached.setdefault(policy.name, set()).update(statement["Action"])
    assert reached == {
        "router-policy": {"dynamodb:PutItem"},
        "callbacks-function-policy": {"dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"},
    }
    (subscription,) = [each for each in stack.of("TopicSubscription") if each.name.startswith("callbacks-")]
    assert json.loads(subscription.inputs["filterPolicy"]) == {"callback_id": [{"exists": True}]}

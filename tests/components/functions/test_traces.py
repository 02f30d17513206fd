"""What a stack has for traces: nothing without a collector, and one function in the VPC that nothing waits for."""

import json

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.components.stack import Deploy, Stack

SECRET = "x-api-key=of-the-collector"


def test_without_a_collector_nothing_is_deployed(dev: Stack) -> None:
    assert not [each for each in dev.all if "traces" in each.name]
    for function in dev.of("Function"):
        assert not {"TRACES_QUEUE_URL", "TRACE_PERCENT"} & function.inputs["environment"]["variables"].keys()


def test_with_one_it_is_called_from_the_private_subnets_alone(cloud: Emulator, program: Deploy) -> None:
    collector = "http://otlp.example.org:4318"
    told = program({"otlpEndpoint": collector, "otlpHeaders": SECRET, "tracePercent": 10})
    assert "error" not in told, told["error"]
    stack = Stack(told["resources"], told["outputs"], cloud)
    (queue,) = [each for each in stack.of("Queue") if each.name == "traces-queue"]
    functions = {each.name: each.inputs for each in stack.of("Function") if each.name != "web-paths"}
    with_secret = [name for name, inputs in functions.items() if SECRET in json.dumps(inputs)]
    assert with_secret == ["traces-function"]
    exporting = functions["traces-function"]
    assert exporting["environment"]["variables"]["OTEL_EXPORTER_OTLP_ENDPOINT"] == collector
    assert len(exporting["vpcConfig"]["subnetIds"]) == 2
    (group,) = exporting["vpcConfig"]["securityGroupIds"]
    rules = [each.inputs for each in stack.all if "EgressRule" in each.type and each.inputs["securityGroupId"] == group]
    assert sorted(each["fromPort"] for each in rules) == [443, 4318]
    handing = {
        name
        for name, inputs in functions.items()
        if inputs["environment"]["variables"].get("TRACES_QUEUE_URL") == queue.outputs["url"]
    }
    assert handing == {"router", "proxy"}
    assert functions["router"]["environment"]["variables"]["TRACE_PERCENT"] == "10"
    (subscription,) = [each for each in stack.of("TopicSubscription") if each.name.startswith("traces-")]
    assert json.loads(subscription.inputs["filterPolicy"]) == {"traceparent": [{"suffix": "-01"}]}
    allowed = {
        policy.name: set(statement["Action"])
        for policy in stack.of("RolePolicy")
        for statement in json.loads(policy.inputs["policy"])["Statement"]
        if queue.outputs["arn"] in statement["Resource"]
    }
    assert allowed == {
        "router-policy": {"sqs:SendMessage"},
        "proxy-policy": {"sqs:SendMessage"},
        "traces-function-policy": {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"},
    }


@pytest.mark.parametrize(
    "endpoint",
    [
        "otlp.example.org",
        "grpc://otlp.example.org",
        "https://",
        "https://otlp.example.org:0",
        "https://otlp.example.org:65536",
        "https://a:b@otlp.example.org",
        "https://otlp.example.org/v1/traces",
        "https://otlp.example.org?key=1",
        "https://otlp.example.org/a b",
    ],
)
def test_an_address_that_is_none_is_refused(program: Deploy, endpoint: str) -> None:
    error = program({"otlpEndpoint": endpoint})["error"]
    assert "imaging:otlpEndpoint is" in error and "without /v1/traces" in error


def test_headers_that_are_none_are_refused_without_being_shown(program: Deploy) -> None:
    error = program({"otlpHeaders": "the key alone"})["error"]
    assert "imaging:otlpHeaders is hidden" in error and "the key alone" not in error

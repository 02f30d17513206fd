"""AWS's limits: none is passed silently."""

import asyncio
import json
import re
from typing import Any

import pulumi
import pytest

from components.parts import limits
from components.parts.handlers.permissions import permissions
from components.parts.handlers.surroundings import EXACT, Surroundings
from components.parts.json_text import json_text
from components.parts.policies import document
from components.preflight import stack_name
from runtime.contracts import shard_topics
from runtime.contracts.shard_topics import EARLIER

ROLE_LIMIT = 10240
ACCOUNT = "111122223333"


class Nothing(pulumi.runtime.Mocks):
    """Makes nothing."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return args.name, dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
        return {}, None


@pytest.fixture(autouse=True)
def program() -> None:
    asyncio.set_event_loop(asyncio.new_event_loop())
    pulumi.runtime.set_mocks(Nothing(), project="imaging", stack="prod")


def text(output: pulumi.Output[str]) -> str:
    found = asyncio.get_event_loop().run_until_complete(output.future())
    assert found is not None
    return found


def test_a_distribution_of_more_algorithms_than_a_topic_takes_is_refused_with_what_to_do() -> None:
    assert limits.faults({"many": range(100), "other": range(100)}) == []
    (fault,) = limits.faults({"many": range(101), "other": range(100)})
    assert re.fullmatch(r"many registers 101 .* takes 100 subscriptions.* distributions\.", fault)


def test_the_callbacks_queue_takes_a_subscription_of_each_topic() -> None:
    (fault,) = limits.faults({"many": range(100), "other": range(99)}, beside=["callbacks"])
    assert fault.startswith("many registers 100 algorithms") and "beside the queue of callbacks" in fault


def test_client_queues_have_names_that_sqs_takes() -> None:
    pulumi.runtime.set_mocks(Nothing(), project="imaging", stack="s" * 43)
    assert stack_name.faults("imaging", "s" * 43) == []
    pulumi.runtime.set_mocks(Nothing(), project="imaging", stack="s" * 44)
    (fault,) = stack_name.faults("imaging", "s" * 44)
    assert "81 characters in all, and SQS takes 80" in fault


def test_what_an_account_must_be_granted_is_said() -> None:
    assert limits.warnings({f"d{number}": range(1) for number in range(492)}, 24) == []
    said = limits.warnings({f"d{number}": range(1) for number in range(493)}, 24)
    assert said == ["The stack takes 1002 IAM roles; an account has 1000 until more are granted."]


def test_what_many_shards_take_of_sns_is_said() -> None:
    assert limits.warnings({"one": range(3)}, 99) == []
    assert limits.warnings({f"d{number}": range(1) for number in range(101)}, 900) == [
        "The stack takes 1001 SNS FIFO topics; an account has 1000 until more are granted.",
        "The stack takes 90101 SNS filter policies; an account has 10000 until more are granted.",
    ]


def surroundings(algorithms: int) -> Surroundings:
    """The longest names that may be."""
    queue = f"arn:aws:sqs:ap-southeast-2:{ACCOUNT}:{'a' * 24}"
    return Surroundings(
        table_arn=f"arn:aws:dynamodb:ap-southeast-2:{ACCOUNT}:table/jobs-1234567",
        bucket_arn="arn:aws:s3:::outputs-1234567",
        shards=pulumi.Output.from_input(
            [f"arn:aws:sns:ap-southeast-2:{ACCOUNT}:results-{shard}-1234567.fifo" for shard in range(EARLIER)]
            + [shard_topics.pattern(f"arn:aws:sns:ap-southeast-2:{ACCOUNT}:jobs-1234567-results-")]
        ),
        request_queue_arns=[f"{queue}-requests-1234567.fifo"] * algorithms,
        dead_letter_arns=[f"{queue}-dead-letters-1234567.fifo"] * algorithms,
        client_queues_arn=f"arn:aws:sqs:ap-southeast-2:{ACCOUNT}:{'p' * 59}*",
        any_queue_arn=f"arn:aws:sqs:ap-southeast-2:{ACCOUNT}:*",
        own_tags={"imaging:project": "imaging", "imaging:stack": "prod"},
        services_arn=f"arn:aws:ecs:ap-southeast-2:{ACCOUNT}:service/cluster-1234567/*-service-*",
        cluster_arn=f"arn:aws:ecs:ap-southeast-2:{ACCOUNT}:cluster/cluster-1234567",
        scaler_arn=f"arn:aws:lambda:ap-southeast-2:{ACCOUNT}:function:scaler-1234567",
        key_arn=f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000",
    )


@pytest.mark.parametrize("algorithms", [0, 1, EXACT, EXACT + 1, 500])
def test_no_handlers_policy_passes_what_a_role_takes(algorithms: int) -> None:
    for handler, statements in permissions(surroundings(algorithms)).items():
        size = len(text(document(*statements)))
        assert size < ROLE_LIMIT - 400, (handler, size)  # its log's statement is added


@pytest.mark.parametrize(
    ("handler", "action", "end"),
    [("router", "sqs:SendMessage", "requests"), ("dead_letters", "sqs:ReceiveMessage", "dead-letters")],
)
def test_many_queues_are_named_by_their_end_and_must_be_this_stacks(handler: str, action: str, end: str) -> None:
    statements = json.loads(text(document(*permissions(surroundings(EXACT + 1))[handler])))["Statement"]
    (taken,) = [statement for statement in statements if action in statement["Action"]]
    assert taken["Resource"] == [f"arn:aws:sqs:ap-southeast-2:{ACCOUNT}:*-{end}-*.fifo"]
    own = {"aws:ResourceTag/imaging:project": "imaging", "aws:ResourceTag/imaging:stack": "prod"}
    assert taken["Condition"] == {"StringEquals": own}


def test_json_of_outputs_keeps_one_order_at_any_depth() -> None:
    later = pulumi.Output.from_input("x")
    value = {"b": [{"d": later, "c": (1, later)}], "a": None}
    assert text(json_text(value)) == '{"a": null, "b": [{"c": [1, "x"], "d": "x"}]}'
    assert text(json_text({})) == "{}"

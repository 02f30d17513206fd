"""A resource's properties have the values that Pulumi's SDK gives them, and futures only if somebody asks."""

import asyncio
from pathlib import Path
from typing import Any

import pulumi_aws as aws
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime import rpc

from runtime.local.emulator.emulator import Emulator
from runtime.local.program.properties import Answer, Registration
from tests.runtime.local.programs import run

INPUTS: dict[str, Any] = {"name": "asked", "visibilityTimeoutSeconds": 30, "tags": {"a_key": "a"}, "policy": {"no": 1}}
OUTPUTS: dict[str, Any] = {
    "name": "made",
    "arn": "arn:aws:sqs:::made",
    "delaySeconds": 5,
    "fifoQueue": True,
    "redrivePolicy": None,
    "kmsMasterKeyId": rpc.wrap_rpc_secret("key"),
}
NAMES = "name arn delay_seconds fifo_queue redrive_policy visibility_timeout_seconds tags policy max_message_size url"


@pytest.fixture
def queue() -> aws.sqs.Queue:
    made = aws.sqs.Queue.__new__(aws.sqs.Queue)
    made._name = "queue"  # pyright: ignore[reportPrivateUsage]
    return made


def struct(values: dict[str, Any]) -> struct_pb2.Struct:
    whole = struct_pb2.Struct()
    whole.update(values)
    return whole


def test_values_are_those_of_the_sdk(queue: aws.sqs.Queue) -> None:
    expected: dict[str, tuple[Any, bool]] = {}

    def resolver(name: str) -> Any:
        def note(value: Any, known: bool, secret: bool, *_: Any) -> None:
            expected[name] = (value, secret)

        return note

    names = [*NAMES.split(), "kms_master_key_id"]
    resolvers = {name: resolver(name) for name in names}
    rpc.resolve_outputs(queue, struct(INPUTS), struct(OUTPUTS), {}, resolvers, custom=True)
    untyped = {name: Answer(queue, struct(INPUTS), OUTPUTS, {}, typed=False).data(name) for name in names}
    assert {name: (data.value, data.is_secret) for name, data in untyped.items()} == expected
    rpc.resolve_outputs(queue, struct(INPUTS), struct(OUTPUTS), {}, resolvers, True, True)
    typed = {name: Answer(queue, struct(INPUTS), OUTPUTS, {}, typed=True).data(name) for name in names}
    assert {name: (data.value, data.is_secret) for name, data in typed.items()} == expected
    assert {name: type(data.value) for name, data in typed.items()} == {n: type(v) for n, (v, _) in expected.items()}


def test_a_property_is_known_whether_it_was_asked_for_before_the_answer_or_after(queue: aws.sqs.Queue) -> None:
    async def asked() -> list[Any]:
        registration = Registration(queue, {"name": None, "arn": None, "id": None}, custom=True)
        assert "id" not in vars(queue)
        early = asyncio.ensure_future(vars(queue)["name"].future())
        await asyncio.sleep(0)
        registration.answer = Answer(queue, struct(INPUTS), OUTPUTS, {}, typed=True)
        registration.settle()
        return [await early, await vars(queue)["arn"].future(), await vars(queue)["arn"].resources()]

    assert asyncio.run(asked()) == ["made", "arn:aws:sqs:::made", {queue}]


def test_what_waits_for_a_property_of_a_resource_that_fails_fails(queue: aws.sqs.Queue) -> None:
    async def asked() -> None:
        registration = Registration(queue, {"name": None}, custom=True)
        early = asyncio.ensure_future(vars(queue)["name"].future())
        await asyncio.sleep(0)
        registration.error = LookupError("no such thing")
        registration.settle()
        for each in (early, vars(queue)["name"].future()):
            with pytest.raises(LookupError, match="no such thing"):
                await each

    asyncio.run(asked())


def test_an_error_in_what_a_program_does_with_a_property_ends_it(cloud: Emulator, tmp_path: Path) -> None:
    body = 'aws.sqs.Queue("q").arn.apply(lambda arn: arn.nothing)'
    assert "no attribute 'nothing'" in run(cloud, tmp_path, body)["error"]

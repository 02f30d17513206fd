"""The table as a whole: unknown types, names, numbers."""

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.table import Table, UnknownTypeError


def test_an_unknown_type_is_named(cloud: Emulator) -> None:
    with pytest.raises(UnknownTypeError, match=r"no handler for aws:sqs/quue:Quue"):
        Table(cloud.boto3_client).handler("aws:sqs/quue:Quue")


def test_an_unknown_function_is_named(cloud: Emulator) -> None:
    with pytest.raises(UnknownTypeError, match=r"aws:index/getNothing:getNothing"):
        Table(cloud.boto3_client).invoke("aws:index/getNothing:getNothing", {})


def test_a_fifo_queue_is_named_after_its_logical_name(cloud: Emulator) -> None:
    handler = Table(cloud.boto3_client).handler("aws:sqs/queue:Queue")
    name = handler.check("requests", {"fifoQueue": True}, {}, b"\x12\x34\x56\x78")["name"]
    assert name == "requests-1234567.fifo"


def test_a_name_that_exists_is_kept(cloud: Emulator) -> None:
    handler = Table(cloud.boto3_client).handler("aws:sqs/queue:Queue")
    first = handler.check("requests", {}, {})
    assert handler.check("requests", {}, first)["name"] == first["name"]
    assert handler.check("requests", {}, {})["name"] != first["name"]


def test_a_long_name_is_cut_to_what_the_service_takes(cloud: Emulator) -> None:
    handler = Table(cloud.boto3_client).handler("aws:lb/targetGroup:TargetGroup")
    inputs = {"vpcId": "vpc-1", "port": 80, "protocol": "HTTP"}
    assert len(handler.check("x" * 60, inputs, {})["name"]) == 32


def test_a_schedule_is_checked_against_the_service_model(cloud: Emulator) -> None:
    handler = Table(cloud.boto3_client).handler("aws:scheduler/schedule:Schedule")
    target = {"arn": "arn:aws:lambda:eu-south-1:000000000000:function:f", "roleArn": "arn:aws:iam::000000000000:role/r"}
    wrong = {"scheduleExpression": "rate(1 minute)", "flexibleTimeWindow": {"mode": "NEVER"}, "target": target}
    with pytest.raises(ValueError, match=r"FlexibleTimeWindow\.Mode: 'NEVER' is not one of"):
        handler.create(handler.check("s", wrong, {}))


def test_functions_answer_as_the_provider_does(cloud: Emulator) -> None:
    table = Table(cloud.boto3_client)
    assert table.invoke("aws:index/getRegion:getRegion", {})["region"] == "eu-south-1"
    assert table.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})["accountId"] == "000000000000"
    assert len(table.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {})["names"]) >= 2
    default = table.invoke("aws:ec2/getVpc:getVpc", {"default": True})
    filters = [{"name": "vpc-id", "values": [default["id"]]}]
    subnets = table.invoke("aws:ec2/getSubnets:getSubnets", {"filters": filters})["ids"]
    assert table.invoke("aws:ec2/getSubnet:getSubnet", {"id": subnets[0]})["vpcId"] == default["id"]

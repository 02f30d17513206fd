"""The clock calls the functions that have a schedule, and goes on if a call fails."""

import io
import json
import time
import zipfile

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.tasks.clock import Clock
from tests.runtime.local.tasks.test_supervisor import until

COUNT = """
import os, boto3
def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE"], MessageBody=event["say"])
    raise RuntimeError("and yet it failed")
"""


def test_a_scheduled_function_is_called_again_and_again(caplog: pytest.LogCaptureFixture) -> None:
    with Emulator() as cloud:
        queue = cloud.boto3_client("sqs").create_queue(QueueName="calls")["QueueUrl"]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("main.py", COUNT)
        function = cloud.boto3_client("lambda").create_function(
            FunctionName="count",
            Runtime="python3.13",
            Role="arn:aws:iam::000000000000:role/any",
            Handler="main.handler",
            Code={"ZipFile": packed.getvalue()},
            Environment={"Variables": {"QUEUE": queue, **cloud.environment}},
        )
        cloud.boto3_client("scheduler").create_schedule(
            Name="often",
            ScheduleExpression="rate(1 minute)",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={
                "Arn": function["FunctionArn"],
                "RoleArn": "arn:aws:iam::000000000000:role/any",
                "Input": json.dumps({"say": "hello"}),
            },
        )
        clock = Clock(cloud.boto3_client, every=0.05)
        clock.start()
        until(lambda: messages(cloud, queue) >= 3)
        clock.stop()
    assert "and yet it failed" in caplog.text


def test_a_paused_clock_calls_nothing() -> None:
    asked: list[str] = []
    clock = Clock(lambda service: asked.append(service), every=0.001)
    with clock.paused():
        clock.start()
        time.sleep(0.05)
        assert not asked
    until(lambda: len(asked) > 0)
    clock.stop()


def messages(cloud: Emulator, queue: str) -> int:
    names = ["ApproximateNumberOfMessages"]
    attributes = cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    return int(attributes[names[0]])

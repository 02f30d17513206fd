"""The in-process front end, on programs of a few lines."""

from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.runtime.local.programs import run


def test_resources_are_made_and_outputs_known(cloud: Emulator, tmp_path: Path) -> None:
    deployment = run(
        cloud,
        tmp_path,
        """
        queue = aws.sqs.Queue("work", visibility_timeout_seconds=45)
        pulumi.export("url", queue.url)
        pulumi.export("word", pulumi.Config().require("word"))
        """,
    )
    assert deployment["outputs"]["word"] == "here"
    url = deployment["outputs"]["url"]
    attributes = cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["VisibilityTimeout"] == "45"
    assert [each["urn"] for each in deployment["resources"]] == ["urn:pulumi:s::p::aws:sqs/queue:Queue::work"]


@pytest.mark.parametrize("body", ["awsx.ec2.DefaultVpc('d')", "aws.sfn.StateMachine('d', definition='', role_arn='')"])
def test_an_unknown_type_stops_the_program_and_is_named(cloud: Emulator, tmp_path: Path, body: str) -> None:
    error = run(cloud, tmp_path, body)["error"]
    assert error.startswith("ResourceError")
    assert "awsx:ec2:DefaultVpc" in error or "aws:sfn/stateMachine:StateMachine" in error
    assert "add one in runtime/local" in error


def test_a_resource_that_fails_is_named_with_the_reason(cloud: Emulator, tmp_path: Path) -> None:
    error = run(cloud, tmp_path, "aws.sqs.Queue('bad', visibility_timeout_seconds=999999)")["error"]
    assert "aws:sqs/queue:Queue 'bad'" in error
    assert "visibilityTimeoutSeconds is 999999: must be 0 to 43200" in error


def test_an_existing_resource_is_read_and_a_missing_one_is_an_error(cloud: Emulator, tmp_path: Path) -> None:
    place = {"LocationConstraint": "eu-south-1"}
    cloud.boto3_client("s3").create_bucket(Bucket="there-already", CreateBucketConfiguration=place)
    deployment = run(cloud, tmp_path, "pulumi.export('arn', aws.s3.Bucket.get('b', 'there-already').arn)")
    assert deployment["outputs"]["arn"] == "arn:aws:s3:::there-already"
    error = run(cloud, tmp_path, "aws.s3.Bucket.get('b', 'not-there')")["error"]
    assert "not-there does not exist" in error


def test_an_error_of_the_program_itself_is_its_own(cloud: Emulator, tmp_path: Path) -> None:
    error = run(cloud, tmp_path, "aws.sqs.Queue('q')\nraise ValueError('on purpose')")["error"]
    assert error == "ValueError: on purpose"

"""A program that runs again on a system that still runs: what is the same stays, what differs is changed."""

from pathlib import Path

from runtime.local.emulator.emulator import Emulator
from tests.runtime.local.programs import run

BEFORE = """
aws.sqs.Queue("same")
aws.sqs.Queue("longer", visibility_timeout_seconds=30)
aws.sqs.Queue("gone")
cluster = aws.ecs.Cluster("tasks")
containers = '[{"name": "w", "image": "i:1"}]'
task = aws.ecs.TaskDefinition("worker", family="worker", container_definitions=containers, cpu="256", memory="512")
aws.ecs.Service(
    "service", cluster=cluster.arn, task_definition=task.arn, desired_count=0,
    opts=pulumi.ResourceOptions(ignore_changes=["desiredCount"]),
)
"""
AFTER = BEFORE.replace("=30", "=45").replace("i:1", "i:2").replace("_count=0", "_count=1").replace('"gone"', '"new"')


def test_a_program_that_runs_again_changes_what_differs_and_nothing_else(cloud: Emulator, tmp_path: Path) -> None:
    sqs, ecs = cloud.boto3_client("sqs"), cloud.boto3_client("ecs")
    made = run(cloud, tmp_path, BEFORE)
    assert "error" not in made, made
    first = made["resources"]
    ids = {each["name"]: each["id"] for each in first}
    sqs.send_message(QueueUrl=ids["longer"], MessageBody="kept")
    ecs.update_service(cluster=ids["tasks"], service=ids["service"], desiredCount=3)
    second = run(cloud, tmp_path, AFTER, first)["resources"]
    assert {each["name"] for each in second} == {*ids, "new"} - {"gone"}
    assert all(ids.get(each["name"], each["id"]) == each["id"] for each in second), "what is changed keeps its id"
    assert ids["gone"] not in sqs.list_queues()["QueueUrls"]
    timeout = sqs.get_queue_attributes(QueueUrl=ids["longer"], AttributeNames=["VisibilityTimeout"])["Attributes"]
    assert timeout["VisibilityTimeout"] == "45"
    assert sqs.receive_message(QueueUrl=ids["longer"])["Messages"][0]["Body"] == "kept"
    [service] = ecs.describe_services(cluster=ids["tasks"], services=[ids["service"]])["services"]
    assert service["desiredCount"] == 3, "who scales the service decides, not the program"
    definition = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    assert definition["containerDefinitions"][0]["image"] == "i:2"


def test_a_program_that_fails_midway_leaves_what_ran(cloud: Emulator, tmp_path: Path) -> None:
    first = run(cloud, tmp_path, 'aws.sqs.Queue("q")')["resources"]
    broken = run(cloud, tmp_path, "aws.sqs.Queue('bad', visibility_timeout_seconds=999999)", first)
    assert "999999" in broken["error"]
    assert first[0]["id"] in cloud.boto3_client("sqs").list_queues()["QueueUrls"]
    again = run(cloud, tmp_path, 'aws.sqs.Queue("q")', first)["resources"]
    assert again == first

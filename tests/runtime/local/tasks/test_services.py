"""What the supervisor reads of ECS."""

from runtime.local.emulator.emulator import Emulator
from runtime.local.tasks.services import read


def test_a_container_is_read_once_and_when_it_is_asked_for(cloud: Emulator) -> None:
    ecs, asked = cloud.boto3_client("ecs"), list[str]()
    ecs.meta.events.register("before-call.ecs.DescribeTaskDefinition", lambda **_: asked.append("asked"))  # pyright: ignore
    cluster = ecs.create_cluster(clusterName="lazy")["cluster"]["clusterArn"]
    containers = [{"name": "c", "image": "i", "command": ["python"]}]
    task = ecs.register_task_definition(family="lazy", containerDefinitions=containers)["taskDefinition"]
    definition = task["taskDefinitionArn"]
    arn = ecs.create_service(cluster=cluster, serviceName="lazy", taskDefinition=definition)["service"]["serviceArn"]

    def client(service: str) -> object:
        return ecs

    services = read(client, {}, {})
    again = read(client, {}, services)
    assert not asked
    assert services[arn].container.command == ["python"]
    assert again[arn].container is services[arn].container
    assert asked == ["asked"]
    ecs.delete_service(cluster=cluster, service="lazy", force=True)

"""Rolls a change out as a deployment does: another revision of the task definition, and the service runs that."""

from typing import Any

KEPT = ("family", "containerDefinitions", "cpu", "memory", "networkMode", "requiresCompatibilities", "taskRoleArn")


def roll_out(ecs: Any, name: str) -> None:
    """Replace the tasks of the service whose name begins with `name` by those of a new revision."""
    for cluster in ecs.list_clusters()["clusterArns"]:
        arns = ecs.list_services(cluster=cluster, maxResults=100)["serviceArns"]
        for service in ecs.describe_services(cluster=cluster, services=arns)["services"] if arns else ():
            if service["serviceName"].startswith(name):
                old = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
                new = ecs.register_task_definition(**_revision(old))["taskDefinition"]["taskDefinitionArn"]
                ecs.update_service(cluster=cluster, service=service["serviceName"], taskDefinition=new)


def _revision(definition: dict[str, Any]) -> dict[str, Any]:
    first, *others = definition["containerDefinitions"]
    changed = {**first, "environment": [*first.get("environment", ()), {"name": "REVISION", "value": "2"}]}
    kept = {name: definition[name] for name in KEPT if definition.get(name)}
    return {**kept, "containerDefinitions": [changed, *others]}

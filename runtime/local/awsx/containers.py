"""Container definitions of a task, their ports, and the Fargate size that they need."""

from typing import Any

import pulumi

from algorithms.checks.resources import FARGATE


def named(inputs: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return a task's containers with their names, in order; if there are several, each is named by its key."""
    if inputs.get("container") is not None:
        container: dict[str, Any] = inputs["container"]
        return [(container.get("name") or "container", container)]
    return sorted(inputs["containers"].items())


def definition(name: str, container: dict[str, Any], logs: dict[str, Any] | None) -> dict[str, Any]:
    """Return a container as ECS takes it; its log stream begins with its name."""
    written = {**container, "name": name}
    if container.get("portMappings") is not None:
        written["portMappings"] = [port(mapping) for mapping in container["portMappings"]]
    if container.get("logConfiguration") is None and logs is not None:
        written["logConfiguration"] = {"logDriver": "awslogs", "options": {**logs, "awslogs-stream-prefix": name}}
    return written


def port(mapping: dict[str, Any]) -> dict[str, Any]:
    """Return a port mapping; a missing port is the target group's, or the mapping's other one."""
    group = mapping.get("targetGroup")
    own, host = mapping.get("containerPort"), mapping.get("hostPort")
    of_group = None if group is None else pulumi.Output.from_input(group).port
    ports = {
        "containerPort": next((each for each in (own, host, of_group) if each is not None), None),
        "hostPort": next((each for each in (host, of_group, own) if each is not None), None),
    }
    kept = {key: value for key, value in mapping.items() if key not in (*ports, "targetGroup")}
    return {**kept, **{key: value for key, value in ports.items() if value is not None}}


def balancers(containers: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the load balancers of a service: each mapping with a target group, at that group's port."""
    entries: list[dict[str, Any]] = []
    for name, container in containers:
        for mapping in container.get("portMappings") or ():
            if mapping.get("targetGroup") is not None:
                group = pulumi.Output.from_input(mapping["targetGroup"])
                entries.append({"containerName": name, "containerPort": group.port, "targetGroupArn": group.arn})
    return entries


def size(containers: list[tuple[str, dict[str, Any]]]) -> tuple[str, str]:
    """Return the CPU units and MiB of the cheapest task that has room for what the containers declare."""
    vcpu = sum(container.get("cpu") or 0 for _, container in containers) / 1024
    memory = sum(container.get("memoryReservation") or container.get("memory") or 0 for _, container in containers)
    # a vCPU costs as much as 9.1 GB of memory
    offered = sorted(
        (9.107 * cpu + mib / 1024, cpu, mib)
        for cpu, sizes in FARGATE.items()
        for mib in sizes
        if cpu >= vcpu and mib >= memory
    )
    if not offered:
        raise ValueError(f"No task of Fargate has {vcpu:g} vCPU and {memory} MiB, which its containers declare")
    _, cpu, mib = offered[0]
    return str(round(cpu * 1024)), str(mib)

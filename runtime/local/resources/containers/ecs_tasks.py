"""Task definitions."""

import json

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent


class TaskDefinition(Handler):
    """aws:ecs/taskDefinition:TaskDefinition; every change is a new revision."""

    service = "ecs"
    name_property = "family"
    name_limit = 255
    replace_on = frozenset(
        {
            "family",
            "containerDefinitions",
            "cpu",
            "memory",
            "networkMode",
            "executionRoleArn",
            "taskRoleArn",
            "requiresCompatibilities",
            "runtimePlatform",
            "volumes",
        }
    )

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its family."""
        settings = pick(
            inputs,
            cpu="cpu",
            memory="memory",
            networkMode="networkMode",
            executionRoleArn="executionRoleArn",
            taskRoleArn="taskRoleArn",
            requiresCompatibilities="requiresCompatibilities",
            runtimePlatform="runtimePlatform",
        )
        if inputs.get("volumes"):
            settings["volumes"] = [pick(volume, name="name") for volume in inputs["volumes"]]
        task = self.api.register_task_definition(
            family=inputs["family"],
            containerDefinitions=json.loads(inputs["containerDefinitions"]),
            tags=tags_list(inputs, "key", "value"),
            **settings,
        )["taskDefinition"]
        return inputs["family"], _outputs(inputs["family"], inputs, task)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; an inactive revision is gone."""
        answer = unless_absent(self.api.describe_task_definition, taskDefinition=state.get("arn", identity))
        if answer is None or answer["taskDefinition"].get("status") == "INACTIVE":
            return None
        return _outputs(identity, state, answer["taskDefinition"])

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change the tags; nothing else changes in place."""
        if new.get("tags"):
            self.api.tag_resource(resourceArn=old["arn"], tags=tags_list(new, "key", "value"))
        return self.present(identity, {**new, "arn": old["arn"]})

    def delete(self, identity: str, state: Properties) -> None:
        """Deregister the revision."""
        unless_absent(self.api.deregister_task_definition, taskDefinition=state["arn"])


def _outputs(family: str, state: Properties, task: Properties) -> Properties:
    arn = task["taskDefinitionArn"]
    revision = {"revision": task["revision"], "arnWithoutRevision": arn.rsplit(":", 1)[0]}
    return {**state, "arn": arn, "family": family, **revision}

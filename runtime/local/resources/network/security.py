"""Security groups and their rules."""

from typing import Any

from runtime.local.resources.base import Properties, tags_list, unless_absent
from runtime.local.resources.network.vpc import Ec2
from runtime.local.resources.relations import new_rule


def permission(rule: Properties) -> dict[str, Any]:
    """Return a rule as EC2 writes it; protocol -1 has no ports."""
    protocol = str(rule.get("protocol", rule.get("ipProtocol")))
    entry: dict[str, Any] = {"IpProtocol": protocol}
    if protocol != "-1":
        entry.update(FromPort=rule["fromPort"], ToPort=rule["toPort"])
    v4 = [*(rule.get("cidrBlocks") or ()), *([rule["cidrIpv4"]] if rule.get("cidrIpv4") else ())]
    v6 = [*(rule.get("ipv6CidrBlocks") or ()), *([rule["cidrIpv6"]] if rule.get("cidrIpv6") else ())]
    groups = [
        *(rule.get("securityGroups") or ()),
        *([rule["referencedSecurityGroupId"]] if rule.get("referencedSecurityGroupId") else ()),
    ]
    if v4:
        entry["IpRanges"] = [{"CidrIp": cidr} for cidr in v4]
    if v6:
        entry["Ipv6Ranges"] = [{"CidrIpv6": cidr} for cidr in v6]
    if groups:
        entry["UserIdGroupPairs"] = [{"GroupId": group} for group in groups]
    if prefixes := [*(rule.get("prefixListIds") or ()), *([rule["prefixListId"]] if rule.get("prefixListId") else ())]:
        entry["PrefixListIds"] = [{"PrefixListId": prefix} for prefix in prefixes]
    return entry


class SecurityGroup(Ec2):
    """aws:ec2/securityGroup:SecurityGroup with its inline rules."""

    name_property = "name"
    name_limit = 255
    replace_on = frozenset({"name", "vpcId", "description"})
    defaults = {"description": "Managed by Pulumi"}  # noqa: RUF012 - read only

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the group's. As the provider does, remove the rule that lets everything out."""
        place = {"VpcId": inputs["vpcId"]} if inputs.get("vpcId") else {}
        identity = self.api.create_security_group(
            GroupName=inputs["name"],
            Description=inputs["description"],
            **place,
            **self.tags_of("security-group", inputs),
        )["GroupId"]
        self._set(identity, inputs)
        return identity, self.present(identity, inputs)

    def _set(self, identity: str, inputs: Properties) -> None:
        details = self.one("describe_security_groups", "SecurityGroups", GroupIds=[identity]) or {}
        if details.get("IpPermissionsEgress"):
            self.api.revoke_security_group_egress(GroupId=identity, IpPermissions=details["IpPermissionsEgress"])
        if details.get("IpPermissions"):
            self.api.revoke_security_group_ingress(GroupId=identity, IpPermissions=details["IpPermissions"])
        if inputs.get("egress"):
            self.api.authorize_security_group_egress(
                GroupId=identity, IpPermissions=[permission(rule) for rule in inputs["egress"]]
            )
        if inputs.get("ingress"):
            self.api.authorize_security_group_ingress(
                GroupId=identity, IpPermissions=[permission(rule) for rule in inputs["ingress"]]
            )

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the group."""
        details = self.one("describe_security_groups", "SecurityGroups", GroupIds=[identity])
        if details is None:
            return None
        owner = details.get("OwnerId", "")
        arn = f"arn:aws:ec2:{self.api.meta.region_name}:{owner}:security-group/{identity}"
        return {**state, "name": details["GroupName"], "vpcId": details.get("VpcId", ""), "arn": arn, "ownerId": owner}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the inline rules if the program has any, then the tags."""
        if any(key in {**old, **new} for key in ("ingress", "egress")):
            self._set(identity, new)
        return super().update(identity, old, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_security_group, GroupId=identity)


class Rule(Ec2):
    """A single rule of a group; any change to it is a new rule."""

    direction: str
    replace_on = frozenset(
        {
            "securityGroupId",
            "ipProtocol",
            "fromPort",
            "toPort",
            "cidrIpv4",
            "cidrIpv6",
            "referencedSecurityGroupId",
            "prefixListId",
        }
    )

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the rule's."""
        authorize = getattr(self.api, f"authorize_security_group_{self.direction}")
        new_rule(self.boto3_client, inputs["securityGroupId"], self.direction, permission(inputs))
        tags = [{"ResourceType": "security-group-rule", "Tags": tags_list(inputs)}] if inputs.get("tags") else []
        rules = authorize(
            GroupId=inputs["securityGroupId"], IpPermissions=[permission(inputs)], TagSpecifications=tags
        )["SecurityGroupRules"]
        identity = rules[0]["SecurityGroupRuleId"]
        return identity, {**inputs, "securityGroupRuleId": identity}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it by its id."""
        details = self.one("describe_security_group_rules", "SecurityGroupRules", SecurityGroupRuleIds=[identity])
        return None if details is None else {**state, "securityGroupRuleId": identity}

    def delete(self, identity: str, state: Properties) -> None:
        """Revoke it."""
        revoke = getattr(self.api, f"revoke_security_group_{self.direction}")
        unless_absent(revoke, GroupId=state["securityGroupId"], IpPermissions=[permission(state)])


class IngressRule(Rule):
    """aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule."""

    direction = "ingress"


class EgressRule(Rule):
    """aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule."""

    direction = "egress"

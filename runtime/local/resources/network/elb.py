"""Load balancers and their target groups.

Each balancer stands for one local process: its DNS name is the loopback address of that process.
"""

from typing import Any

from runtime.local.processes.ports import balancer_port
from runtime.local.resources.base import Handler, Properties, nested, pick, tags_list, unless_absent
from runtime.local.resources.relations import distinct_zones

# The tag that keeps a load balancer's port, so that every process can read it.
PORT_TAG = "imaging:local-port"


def address(api: Any, arn: str) -> str:
    """Return `127.0.0.1:<port>` of a load balancer."""
    tags = api.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"]
    return "127.0.0.1:" + next(tag["Value"] for tag in tags if tag["Key"] == PORT_TAG)


def tag(api: Any, arn: str, inputs: Properties) -> None:
    """Set the tags of a resource that exists."""
    if tags := tags_list(inputs):
        api.add_tags(ResourceArns=[arn], Tags=tags)


def _access_logs(inputs: Properties) -> list[dict[str, str]]:
    logs = inputs.get("accessLogs")
    if not logs:
        return []
    return [
        {"Key": "access_logs.s3.enabled", "Value": str(bool(logs.get("enabled"))).lower()},
        {"Key": "access_logs.s3.bucket", "Value": logs["bucket"]},
    ]


class LoadBalancer(Handler):
    """aws:lb/loadBalancer:LoadBalancer."""

    service = "elbv2"
    name_property = "name"
    name_limit = 32
    replace_on = frozenset({"name", "internal", "loadBalancerType"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        distinct_zones(self.boto3_client, inputs["subnets"], 2)
        details = self.api.create_load_balancer(
            Name=inputs["name"],
            Type=inputs.get("loadBalancerType") or "application",
            Scheme="internal" if inputs.get("internal") else "internet-facing",
            Tags=[*tags_list(inputs), {"Key": PORT_TAG, "Value": str(balancer_port())}],
            **pick(inputs, Subnets="subnets", SecurityGroups="securityGroups"),
        )["LoadBalancers"][0]
        arn = details["LoadBalancerArn"]
        return arn, self.update(arn, {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it."""
        answer = unless_absent(self.api.describe_load_balancers, LoadBalancerArns=[identity])
        if not answer or not answer["LoadBalancers"]:
            return None
        details = answer["LoadBalancers"][0]
        return {
            **state,
            "arn": identity,
            "arnSuffix": identity.split(":loadbalancer/", 1)[-1],
            "name": details["LoadBalancerName"],
            "dnsName": address(self.api, identity),
            "zoneId": details.get("CanonicalHostedZoneId", ""),
            "vpcId": details.get("VpcId", ""),
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the attributes that the program gives."""
        names = {
            "idleTimeout": "idle_timeout.timeout_seconds",
            "enableDeletionProtection": "deletion_protection.enabled",
            "dropInvalidHeaderFields": "routing.http.drop_invalid_header_fields.enabled",
        }
        if attributes := [
            {"Key": key, "Value": str(new[name]).lower()} for name, key in names.items() if new.get(name) is not None
        ] + _access_logs(new):
            self.api.modify_load_balancer_attributes(LoadBalancerArn=identity, Attributes=attributes)
        if old and new.get("securityGroups"):
            self.api.set_security_groups(LoadBalancerArn=identity, SecurityGroups=new["securityGroups"])
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_load_balancer, LoadBalancerArn=identity)


class TargetGroup(Handler):
    """aws:lb/targetGroup:TargetGroup."""

    service = "elbv2"
    name_property = "name"
    name_limit = 32
    replace_on = frozenset({"name", "port", "protocol", "vpcId", "targetType"})

    def _health(self, inputs: Properties) -> dict[str, Any]:
        check = nested(inputs, "healthCheck")
        settings = pick(
            check,
            HealthCheckPath="path",
            HealthCheckIntervalSeconds="interval",
            HealthCheckTimeoutSeconds="timeout",
            HealthyThresholdCount="healthyThreshold",
            UnhealthyThresholdCount="unhealthyThreshold",
        )
        return {**settings, **({"Matcher": {"HttpCode": check["matcher"]}} if check.get("matcher") else {})}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        details = self.api.create_target_group(
            Name=inputs["name"],
            **({"Tags": tags} if (tags := tags_list(inputs)) else {}),  # the service refuses an empty list
            **pick(inputs, Port="port", Protocol="protocol", VpcId="vpcId", TargetType="targetType"),
            **self._health(inputs),
        )["TargetGroups"][0]
        return details["TargetGroupArn"], self._attributes(details["TargetGroupArn"], inputs)

    def _attributes(self, identity: str, inputs: Properties) -> Properties:
        if (delay := inputs.get("deregistrationDelay")) is not None:
            attribute = {"Key": "deregistration_delay.timeout_seconds", "Value": str(delay)}
            self.api.modify_target_group_attributes(TargetGroupArn=identity, Attributes=[attribute])
        return self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it."""
        answer = unless_absent(self.api.describe_target_groups, TargetGroupArns=[identity])
        if not answer or not answer["TargetGroups"]:
            return None
        suffix = "targetgroup/" + identity.split(":targetgroup/", 1)[-1]
        return {**state, "arn": identity, "arnSuffix": suffix, "name": answer["TargetGroups"][0]["TargetGroupName"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the health check, the deregistration delay and the tags."""
        self.api.modify_target_group(TargetGroupArn=identity, **self._health(new))
        tag(self.api, identity, new)
        return self._attributes(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_target_group, TargetGroupArn=identity)

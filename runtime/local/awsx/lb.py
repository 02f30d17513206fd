"""awsx.lb.ApplicationLoadBalancer: a load balancer with a default target group and its listeners."""

from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import exactly_one, keywords, only_one
from runtime.local.awsx.base import Component

# Arguments that only the load balancer takes, unchanged.
OWN = (
    "accessLogs",
    "dropInvalidHeaderFields",
    "enableDeletionProtection",
    "idleTimeout",
    "internal",
    "name",
    "securityGroups",
    "tags",
)


def pair(listener: dict[str, Any] | None, port: Any = None) -> dict[str, Any]:
    """Return the one port and protocol that both the target group and the listener get."""
    if listener:
        if listener.get("port") and listener.get("protocol"):
            return {"port": listener["port"], "protocol": listener["protocol"]}
        if listener.get("port"):
            protocol = pulumi.Output.from_input(listener["port"]).apply(
                lambda number: "HTTPS" if number == 443 else "HTTP"
            )
            return {"port": listener["port"], "protocol": protocol}
        if listener.get("protocol"):
            number = pulumi.Output.from_input(listener["protocol"]).apply(lambda word: 443 if word == "HTTPS" else 80)
            return {"port": number, "protocol": listener["protocol"]}
    return {"port": port if port is not None else 80, "protocol": "HTTP"}


class ApplicationLoadBalancer(Component):
    """Expands `awsx:lb:ApplicationLoadBalancer`."""

    kind = "awsx:lb:ApplicationLoadBalancer"
    supports = (
        *OWN,
        "subnetIds",
        "defaultSecurityGroup",
        "defaultTargetGroup",
        "defaultTargetGroupPort",
        "listener",
        "listeners",
    )
    plain = ("defaultSecurityGroup", "defaultTargetGroup", "listener", "listeners")
    exclude = (
        ("subnets", "subnetIds", "subnetMappings"),
        ("listener", "listeners"),
        ("defaultTargetGroup", "defaultTargetGroupPort"),
    )

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        exactly_one(inputs, "subnetIds")  # otherwise the real component uses the default VPC, unnoticed by tests
        place = pulumi.Output.from_input(inputs["subnetIds"]).apply(lambda ids: ids[0])
        first = aws.ec2.get_subnet_output(id=place, opts=pulumi.InvokeOutputOptions(parent=self))
        own = {key: inputs[key] for key in OWN if key in inputs}
        self.group: aws.ec2.SecurityGroup | None = None
        if own.get("securityGroups") is None:
            own["securityGroups"] = self._groups(name, inputs.get("defaultSecurityGroup") or {}, first.vpc_id)
        self.balancer = aws.lb.LoadBalancer(
            name, load_balancer_type="application", subnets=inputs["subnetIds"], opts=self.child, **keywords(own)
        )
        listeners: list[dict[str, Any]] | None = inputs.get("listeners")
        # exactly one entry in `listeners`: the target group gets neither port nor protocol
        leader = inputs.get("listener") if listeners is None else next(iter(listeners), None)
        shared = {} if listeners and len(listeners) == 1 else pair(leader, inputs.get("defaultTargetGroupPort"))
        group_arguments: dict[str, Any] = inputs.get("defaultTargetGroup") or {}
        target = {"vpcId": first.vpc_id, "targetType": "ip", **shared, **group_arguments}
        self.target = aws.lb.TargetGroup(name, opts=self.child, **keywords(target))
        all_listeners = [inputs.get("listener")] if listeners is None else listeners
        self.listeners = [
            self._listener(f"{name}-{number}", one or {}, pair(one, inputs.get("defaultTargetGroupPort")))
            for number, one in enumerate(all_listeners)
        ]
        self.done(
            loadBalancer=self.balancer,
            defaultTargetGroup=self.target,
            defaultSecurityGroup=self.group,
            listeners=self.listeners,
            vpcId=first.vpc_id,
        )

    def _groups(self, name: str, security_group: dict[str, Any], vpc: pulumi.Output[str]) -> list[Any] | None:
        """Return the groups of a load balancer that has none: all traffic may enter, only TCP may leave."""
        if security_group.get("skip"):
            return None
        only_one(security_group, "args", "securityGroupId")
        if security_group.get("securityGroupId"):
            return [security_group["securityGroupId"]]
        everywhere = {"cidrBlocks": ["0.0.0.0/0"], "ipv6CidrBlocks": ["::/0"]}
        opened = {
            "vpcId": vpc,
            "ingress": [{"fromPort": 0, "toPort": 0, "protocol": "-1", **everywhere}],
            "egress": [{"fromPort": 0, "toPort": 65535, "protocol": "tcp", **everywhere}],
        }
        self.group = aws.ec2.SecurityGroup(name, opts=self.child, **keywords(security_group.get("args") or opened))
        return [self.group.id]

    def _listener(self, name: str, listener: dict[str, Any], shared: dict[str, Any]) -> aws.lb.Listener:
        forward = {"type": "forward", "targetGroupArn": self.target.arn}
        arguments = {"defaultActions": [forward], **shared, **listener, "loadBalancerArn": self.balancer.arn}
        return aws.lb.Listener(name, opts=self.child, **keywords(arguments))

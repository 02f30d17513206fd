"""awsx.lb.ApplicationLoadBalancer: a load balancer with one target group and one listener."""

from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.base import Component

KNOWN = (
    "subnetIds",
    "internal",
    "securityGroups",
    "defaultTargetGroup",
    "defaultTargetGroupPort",
    "listener",
    "accessLogs",
    "dropInvalidHeaderFields",
    "enableDeletionProtection",
    "idleTimeout",
    "tags",
)


class ApplicationLoadBalancer(Component):
    """Expands `awsx:lb:ApplicationLoadBalancer`; the program always gives subnets and a security group."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:lb:ApplicationLoadBalancer", name, inputs, KNOWN, opts)
        first = aws.ec2.get_subnet_output(id=inputs["subnetIds"][0], opts=pulumi.InvokeOutputOptions(parent=self))
        groups: Any = inputs.get("securityGroups")
        self.group: aws.ec2.SecurityGroup | None = None
        if groups is None:  # what the real one does: everything comes in
            everywhere = {"cidrBlocks": ["0.0.0.0/0"], "ipv6CidrBlocks": ["::/0"]}
            rule: Any = {"fromPort": 0, "toPort": 0, "protocol": "-1", **everywhere}
            self.group = aws.ec2.SecurityGroup(
                name, vpc_id=first.vpc_id, ingress=[rule], egress=[rule], opts=self.child
            )
            groups = [self.group.id]
        self.balancer = aws.lb.LoadBalancer(
            name,
            load_balancer_type="application",
            internal=inputs.get("internal", False),
            subnets=inputs["subnetIds"],
            security_groups=groups,
            access_logs=inputs.get("accessLogs"),
            drop_invalid_header_fields=inputs.get("dropInvalidHeaderFields"),
            enable_deletion_protection=inputs.get("enableDeletionProtection"),
            idle_timeout=inputs.get("idleTimeout"),
            tags=inputs.get("tags"),
            opts=self.child,
        )
        target: dict[str, Any] = inputs.get("defaultTargetGroup") or {}
        self.target = aws.lb.TargetGroup(
            name,
            port=target.get("port") or inputs.get("defaultTargetGroupPort") or 80,
            protocol=target.get("protocol", "HTTP"),
            target_type=target.get("targetType", "ip"),
            deregistration_delay=target.get("deregistrationDelay"),
            health_check=target.get("healthCheck"),
            vpc_id=first.vpc_id,
            tags=inputs.get("tags"),
            opts=self.child,
        )
        listener: dict[str, Any] = inputs.get("listener") or {}
        secure = bool(listener.get("certificateArn"))
        forward: Any = {"type": "forward", "targetGroupArn": self.target.arn}
        self.listener = aws.lb.Listener(
            f"{name}-0",
            load_balancer_arn=self.balancer.arn,
            port=listener.get("port") or (443 if secure else 80),
            protocol=listener.get("protocol") or ("HTTPS" if secure else "HTTP"),
            certificate_arn=listener.get("certificateArn"),
            ssl_policy=listener.get("sslPolicy"),
            default_actions=[forward],
            tags=inputs.get("tags"),
            opts=self.child,
        )
        self.done(
            loadBalancer=self.balancer,
            defaultTargetGroup=self.target,
            defaultSecurityGroup=self.group,
            listeners=[self.listener],
            vpcId=first.vpc_id,
        )

"""Networks and load balancers."""

from typing import Any

from runtime.local.resources.constraints.rules import Rule, between, both, holds, length, matches, network, one_of

NAME = both(
    matches(r"[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?", "1 to 32 letters, digits and hyphens, none at the ends"),
    holds(lambda name: not str(name).startswith("internal-"), "must not begin with `internal-`"),
)
DESCRIPTION = matches(
    r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}", "at most 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"
)
PORT = between(-1, 65535)
SOURCES = ("cidrIpv4", "cidrIpv6", "referencedSecurityGroupId", "prefixListId")


def _one_source(rule: dict[str, Any]) -> bool:
    return len([name for name in SOURCES if rule.get(name)]) == 1


def _ports(rule: dict[str, Any]) -> bool:
    ports = [rule.get("fromPort"), rule.get("toPort")]
    return ports == [None, None] if str(rule["ipProtocol"]) == "-1" else None not in ports


RULE: dict[str, Rule] = {
    "": both(
        holds(_one_source, f"exactly one source must be given: {', '.join(SOURCES)}"),
        holds(_ports, "fromPort and toPort must be given, but not with ipProtocol -1"),
    ),
    "cidrIpv4": network,
    "cidrIpv6": network,
    "fromPort": PORT,
    "toPort": PORT,
    "description": DESCRIPTION,
}


def _secure(listener: dict[str, Any]) -> bool:
    secret = [listener.get("certificateArn"), listener.get("sslPolicy")]
    return any(secret[:1]) if listener.get("protocol") == "HTTPS" else not any(secret)


TABLE: dict[str, dict[str, Rule]] = {
    "aws:ec2/vpc:Vpc": {
        "cidrBlock": both(
            network, holds(lambda cidr: 16 <= int(str(cidr).split("/")[1]) <= 28, "must be of a size of /16 to /28")
        )
    },
    "aws:ec2/subnet:Subnet": {"cidrBlock": network},
    "aws:ec2/securityGroup:SecurityGroup": {
        "name": both(length(255, 1), holds(lambda name: not name.startswith("sg-"), "must not begin with `sg-`")),
        "description": both(length(255, 1), DESCRIPTION),
        "ingress": length(60),
        "egress": length(60),
        "ingress[].cidrBlocks[]": network,
        "egress[].cidrBlocks[]": network,
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": RULE,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": RULE,
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        "vpcEndpointType": one_of("Gateway", "Interface", "GatewayLoadBalancer"),
        "": holds(
            lambda inputs: (
                inputs.get("vpcEndpointType", "Gateway") != "Gateway"
                or not (inputs.get("subnetIds") or inputs.get("securityGroupIds") or inputs.get("privateDnsEnabled"))
            ),
            "a Gateway endpoint takes routeTableIds alone: no subnetIds, securityGroupIds or privateDnsEnabled",
        ),
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        "name": NAME,
        "subnets": length(1000, 2),
        "securityGroups": length(5),
        "idleTimeout": between(1, 4000),
    },
    "aws:lb/targetGroup:TargetGroup": {
        "name": NAME,
        "port": between(1, 65535),
        "protocol": one_of("HTTP", "HTTPS"),
        "deregistrationDelay": between(0, 3600),
        "healthCheck.interval": between(5, 300),
        "healthCheck.timeout": between(2, 120),
        "healthCheck.healthyThreshold": between(2, 10),
        "healthCheck.unhealthyThreshold": between(2, 10),
        "healthCheck.matcher": matches(r"[2-4]\d\d([,-][2-4]\d\d)*", "codes of 200 to 499, such as 200 or 200-299"),
        "healthCheck.path": matches(r"/.{0,1023}", "a path that begins with /"),
        "healthCheck": holds(
            lambda check: check.get("interval", 30) > check.get("timeout", 5), "interval must be longer than timeout"
        ),
        "": holds(
            lambda inputs: bool(inputs.get("vpcId") and inputs.get("port") and inputs.get("protocol")),
            "a target group needs vpcId, port and protocol",
        ),
    },
    "aws:lb/listener:Listener": {
        "port": between(1, 65535),
        "protocol": one_of("HTTP", "HTTPS"),
        "": holds(_secure, "HTTPS needs a certificateArn, HTTP takes neither certificateArn nor sslPolicy"),
    },
}

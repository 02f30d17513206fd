"""Networks and their load balancers."""

from typing import Any

from tests.runtime.local.resources.round_trips.world import Case, World, balancer, group, route_table, subnet, vpc


def route(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    gateway = world.id("aws:ec2/internetGateway:InternetGateway", "g", vpcId=network)
    return {"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway}


def association(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    return {"routeTableId": table, "subnetId": subnet(world, network)}


def endpoint(world: World) -> dict[str, Any]:
    network, table = route_table(world)
    service = "com.amazonaws.eu-south-1.s3"
    return {"vpcId": network, "serviceName": service, "vpcEndpointType": "Gateway", "routeTableIds": [table]}


CASES: dict[str, Case] = {
    "aws:ec2/vpc:Vpc": (lambda w: {"cidrBlock": "10.2.0.0/16", "enableDnsHostnames": True}, {"tags": {"a": "b"}}),
    "aws:ec2/subnet:Subnet": (
        lambda w: {"vpcId": vpc(w), "cidrBlock": "10.1.9.0/24", "availabilityZone": "eu-south-1a"},
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/internetGateway:InternetGateway": (lambda w: {"vpcId": vpc(w)}, {"tags": {"a": "b"}}),
    "aws:ec2/routeTable:RouteTable": (lambda w: {"vpcId": vpc(w)}, {"tags": {"a": "b"}}),
    "aws:ec2/route:Route": (
        route,
        {},
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": (
        association,
        {},
    ),
    "aws:ec2/eip:Eip": (lambda w: {"domain": "vpc"}, {"tags": {"a": "b"}}),
    "aws:ec2/natGateway:NatGateway": (
        lambda w: {"subnetId": subnet(w, vpc(w)), "allocationId": w.id("aws:ec2/eip:Eip", "e")},
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (
        endpoint,
        {"tags": {"a": "b"}},
    ),
    "aws:ec2/securityGroup:SecurityGroup": (
        lambda w: {
            "vpcId": vpc(w),
            "description": "d",
            "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/8"]}],
        },
        {"ingress": [{"protocol": "tcp", "fromPort": 80, "toPort": 80, "cidrBlocks": ["10.0.0.0/8"]}]},
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        lambda w: {
            "securityGroupId": w.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(w)),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "10.0.0.0/8",
        },
        {},
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (
        lambda w: {
            "securityGroupId": w.id("aws:ec2/securityGroup:SecurityGroup", "g", vpcId=vpc(w)),
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "0.0.0.0/0",
        },
        {},
    ),
    "aws:lb/loadBalancer:LoadBalancer": (
        lambda w: (
            lambda network: {
                "subnets": [subnet(w, network), subnet(w, network, 1)],
                "internal": True,
                "loadBalancerType": "application",
                "dropInvalidHeaderFields": True,
            }
        )(vpc(w)),
        {"idleTimeout": 120},
    ),
    "aws:lb/targetGroup:TargetGroup": (
        lambda w: {
            "port": 8080,
            "protocol": "HTTP",
            "vpcId": vpc(w),
            "targetType": "ip",
            "healthCheck": {"path": "/health", "matcher": "200"},
        },
        {"healthCheck": {"path": "/healthy", "matcher": "200"}},
    ),
    "aws:lb/listener:Listener": (
        lambda w: {
            "loadBalancerArn": balancer(w),
            "port": 80,
            "protocol": "HTTP",
            "defaultActions": [{"type": "forward", "targetGroupArn": group(w)}],
        },
        {"port": 81},
    ),
}

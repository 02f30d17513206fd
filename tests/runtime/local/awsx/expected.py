"""What awsx 3.x makes of the calls in `program.py`: each child with its parent and what the component decides about it.

A row is the child's type, its name, its parent's type and name, and some of its inputs; None says that one is not set.
To add a component: a call there, and a row here for each child, taken from awsx's own source.
"""

from typing import Any

NET, LB = "awsx:ec2:Vpc", "awsx:lb:ApplicationLoadBalancer"
TASK, SERVICE = "awsx:ecs:FargateTaskDefinition", "awsx:ecs:FargateService"
VPC, SUBNET, TABLE = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/routeTable:RouteTable"
EVERYWHERE = {"cidrBlocks": ["0.0.0.0/0"], "ipv6CidrBlocks": ["::/0"]}
Row = tuple[str, str, str, str, dict[str, Any]]


def _subnet(vpc: str, kind: str, number: int, cidr: str, tags: dict[str, str], *, way_out: bool = True) -> list[Row]:
    name = f"{vpc}-{kind}-{number}"
    own = {**tags, "Name": name, "SubnetType": kind.capitalize()}
    placed = {"cidrBlock": cidr, "mapPublicIpOnLaunch": kind == "public", "tags": own}
    target = {"natGatewayId" if kind == "public" else "gatewayId": None, "destinationCidrBlock": "0.0.0.0/0"}
    route: list[Row] = [("aws:ec2/route:Route", name, TABLE, name, target)]
    return [
        (SUBNET, name, VPC, vpc, placed),
        (TABLE, name, SUBNET, name, {"tags": own}),
        ("aws:ec2/routeTableAssociation:RouteTableAssociation", name, TABLE, name, {}),
        *(route if way_out else []),
    ]


NETWORK: list[Row] = [
    (
        VPC,
        "net",
        NET,
        "net",
        {
            "cidrBlock": "10.0.0.0/16",
            "enableDnsHostnames": None,
            "enableDnsSupport": None,
            "tags": {"Name": "net", "team": "a"},
        },
    ),
    ("aws:ec2/internetGateway:InternetGateway", "net", VPC, "net", {"tags": {"Name": "net", "team": "a"}}),
    *_subnet("net", "private", 1, "10.0.0.0/18", {"team": "a"}),
    *_subnet("net", "public", 1, "10.0.64.0/19", {"team": "a"}),
    *_subnet("net", "private", 2, "10.0.128.0/18", {"team": "a"}),
    *_subnet("net", "public", 2, "10.0.192.0/19", {"team": "a"}),
    ("aws:ec2/eip:Eip", "net-1", SUBNET, "net-public-1", {"tags": {"Name": "net-1", "team": "a"}}),
    ("aws:ec2/natGateway:NatGateway", "net-1", SUBNET, "net-public-1", {"tags": {"Name": "net-1", "team": "a"}}),
    (VPC, "mine", NET, "mine", {"tags": {"Name": "ours"}}),
    ("aws:ec2/internetGateway:InternetGateway", "mine", VPC, "mine", {"tags": {"Name": "ours"}}),
    *_subnet("mine", "private", 1, "10.0.0.0/17", {}, way_out=False),
    *_subnet("mine", "public", 1, "10.0.128.0/18", {}),
]
BALANCERS: list[Row] = [
    (
        "aws:lb/loadBalancer:LoadBalancer",
        "plain",
        LB,
        "plain",
        {"loadBalancerType": "application", "tags": {"team": "a"}},
    ),
    (
        "aws:ec2/securityGroup:SecurityGroup",
        "plain",
        LB,
        "plain",
        {
            "ingress": [{"fromPort": 0, "toPort": 0, "protocol": "-1", **EVERYWHERE}],
            "egress": [{"fromPort": 0, "toPort": 65535, "protocol": "tcp", **EVERYWHERE}],
            "tags": None,
        },
    ),
    (
        "aws:lb/targetGroup:TargetGroup",
        "plain",
        LB,
        "plain",
        {"port": 8080, "protocol": "HTTP", "targetType": "ip", "tags": None},
    ),
    # without a listener's own, the target group's default port is the listener's, too
    ("aws:lb/listener:Listener", "plain-0", LB, "plain", {"port": 8080, "protocol": "HTTP", "tags": None}),
    ("aws:lb/loadBalancer:LoadBalancer", "secure", LB, "secure", {"internal": True, "securityGroups": []}),
    # a target group that says neither gets the listener's
    (
        "aws:lb/targetGroup:TargetGroup",
        "secure",
        LB,
        "secure",
        {"port": 443, "protocol": "HTTPS", "healthCheck": {"path": "/health"}},
    ),
    ("aws:lb/listener:Listener", "secure-0", LB, "secure", {"port": 443, "protocol": "HTTPS"}),
]
TASKS: list[Row] = [
    # the containers' own 1500 MiB fit into no task of 1 GB
    ("aws:ecs/taskDefinition:TaskDefinition", "svc", TASK, "svc", {"cpu": "256", "memory": "2048", "tags": None}),
    ("aws:cloudwatch/logGroup:LogGroup", "svc", TASK, "svc", {"retentionInDays": None}),
    ("aws:iam/role:Role", "svc-task", TASK, "svc", {}),
    ("aws:iam/role:Role", "svc-execution", TASK, "svc", {}),
    (
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "svc-execution-9a42f520",
        TASK,
        "svc",
        {"policyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"},
    ),
    (
        "aws:ecs/service:Service",
        "svc",
        SERVICE,
        "svc",
        {"desiredCount": 1, "launchType": "FARGATE", "waitForSteadyState": True, "tags": {"team": "a"}},
    ),
    (
        "aws:ecs/taskDefinition:TaskDefinition",
        "given",
        TASK,
        "given",
        {
            "cpu": "1024",
            "memory": "2048",
            "taskRoleArn": "arn:aws:iam::000000000000:role/r",
            "executionRoleArn": None,
            "tags": {"team": "b"},
        },
    ),
    (
        "aws:ecs/service:Service",
        "given",
        SERVICE,
        "given",
        {"launchType": None, "waitForSteadyState": False, "loadBalancers": [], "tags": None},
    ),
    ("aws:ecs/cluster:Cluster", "c", "pulumi:pulumi:Stack", "p-s", {}),
]
IMAGES: list[Row] = [
    ("aws:ecr/repository:Repository", "repo", "awsx:ecr:Repository", "Repo", {"tags": {"team": "a"}}),
    ("aws:ecr/lifecyclePolicy:LifecyclePolicy", "repo", "awsx:ecr:Repository", "Repo", {}),
    ("aws:ecr/repository:Repository", "ruled", "awsx:ecr:Repository", "ruled", {"tags": None}),
    ("aws:ecr/lifecyclePolicy:LifecyclePolicy", "ruled", "awsx:ecr:Repository", "ruled", {}),
    ("docker-build:index:Image", "v1", "awsx:ecr:Image", "worker", {"push": True, "platforms": ["linux/arm64"]}),
]
ROWS = [*NETWORK, *BALANCERS, *TASKS, *IMAGES]

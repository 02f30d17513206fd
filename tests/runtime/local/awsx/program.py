"""A call of each component, with and without the arguments that have defaults."""

PROGRAM = """
vpc = awsx.ec2.Vpc(
    "net",
    number_of_availability_zones=2,
    nat_gateways={"strategy": "single"},
    subnet_strategy="Auto",
    tags={"team": "a"},
)
named = awsx.ec2.Vpc(
    "mine", availability_zone_names=["eu-south-1a"], nat_gateways={"strategy": "None"}, tags={"Name": "ours"}
)
plain = awsx.lb.ApplicationLoadBalancer(
    "plain", subnet_ids=vpc.public_subnet_ids, default_target_group_port=8080, tags={"team": "a"}
)
secure = awsx.lb.ApplicationLoadBalancer(
    "secure",
    subnet_ids=vpc.private_subnet_ids,
    security_groups=[],
    internal=True,
    default_target_group={"health_check": {"path": "/health"}},
    listener={"port": 443, "certificate_arn": "arn:aws:acm:eu-south-1:000000000000:certificate/a"},
)
cluster = aws.ecs.Cluster("c")
port = {"target_group": plain.default_target_group}
service = awsx.ecs.FargateService(
    "svc",
    cluster=cluster.arn,
    network_configuration={"subnets": vpc.private_subnet_ids, "security_groups": ["sg-1"]},
    tags={"team": "a"},
    task_definition_args={
        "containers": {
            "web": {"name": "another", "image": "i", "port_mappings": [port], "memory": 1500},
            "side": {"name": "side", "image": "i"},
        }
    },
)
given = awsx.ecs.FargateService(
    "given",
    cluster=cluster.arn,
    continue_before_steady_state=True,
    capacity_provider_strategies=[{"capacity_provider": "FARGATE", "weight": 1}],
    network_configuration={"subnets": vpc.private_subnet_ids},
    task_definition_args={
        "container": {"image": "i", "port_mappings": [{"container_port": 80, "protocol": "tcp"}]},
        "cpu": "1024",
        "memory": "2048",
        "log_group": {"skip": True},
        "task_role": {"role_arn": "arn:aws:iam::000000000000:role/r"},
        "execution_role": {"skip": True},
        "tags": {"team": "b"},
    },
)
repository = awsx.ecr.Repository("Repo", tags={"team": "a"})
rules = [{"tag_status": "any", "maximum_number_of_images": 3}, {"tag_status": "untagged", "maximum_age_limit": 1}]
ruled = awsx.ecr.Repository("ruled", lifecycle_policy={"rules": rules})
image = awsx.ecr.Image("worker", repository_url=repository.url, context=CONTEXT, image_tag="v1", platform="linux/arm64")
pulumi.export("imageUri", image.image_uri)
pulumi.export("repository", repository.url)
pulumi.export("dns", plain.load_balancer.apply(lambda balancer: balancer.dns_name))
pulumi.export("subnets", vpc.subnets.apply(lambda subnets: [subnet._name for subnet in subnets]))
"""

"""The ECS cluster that all services share."""

import pulumi
import pulumi_aws as aws


class Cluster(pulumi.ComponentResource):
    """A Fargate cluster, on demand and Spot, with container insights."""

    cluster: aws.ecs.Cluster
    capacity: aws.ecs.ClusterCapacityProviders

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Cluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.cluster = aws.ecs.Cluster(
            name, settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value="enabled")], opts=child
        )
        self.capacity = aws.ecs.ClusterCapacityProviders(
            f"{name}-capacity",
            cluster_name=self.cluster.name,
            capacity_providers=["FARGATE", "FARGATE_SPOT"],
            opts=child,
        )
        self.register_outputs({"clusterName": self.cluster.name})

"""The ECS cluster that all services share."""

import pulumi
import pulumi_aws as aws

# The greatest weight that ECS takes. By its documentation a provider of weight 0 places no tasks, so on demand has 1.
MOST_WEIGHT = 1000


def placement(*, spot: bool) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
    """Return where tasks run: all on demand, or the first on demand and the others on Spot.

    If AWS has no Spot capacity, ECS does not fall back to on demand: only the first task is sure to start.
    """
    strategy = aws.ecs.ServiceCapacityProviderStrategyArgs
    if not spot:
        return [strategy(capacity_provider="FARGATE", weight=1)]
    return [
        strategy(capacity_provider="FARGATE", base=1, weight=1),
        strategy(capacity_provider="FARGATE_SPOT", weight=MOST_WEIGHT),
    ]


class Cluster(pulumi.ComponentResource):
    """A Fargate cluster, on demand and Spot."""

    cluster: aws.ecs.Cluster
    capacity: aws.ecs.ClusterCapacityProviders

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Cluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.cluster = aws.ecs.Cluster(
            name,
            # nothing here reads these metrics, and they cost more for an idle algorithm than all else
            settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value="disabled")],
            opts=child,
        )
        self.capacity = aws.ecs.ClusterCapacityProviders(
            f"{name}-capacity",
            cluster_name=self.cluster.name,
            capacity_providers=["FARGATE", "FARGATE_SPOT"],
            opts=child,
        )
        self.register_outputs({"clusterName": self.cluster.name})

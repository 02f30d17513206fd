"""The ECS cluster that all services share."""

import pulumi
import pulumi_aws as aws

# The greatest weight that ECS takes. A provider of weight 0 places no tasks, by its documentation, so on demand has 1.
MOST_WEIGHT = 1000


def placement(*, spot: bool) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
    """Return where tasks run: on demand, or the first on demand and those beyond it on Spot.

    ECS never replaces Spot tasks that AWS does not give by others: the first task is the one that always comes.
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
            # nothing here reads what it would report, which costs more for an idle algorithm than all else
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

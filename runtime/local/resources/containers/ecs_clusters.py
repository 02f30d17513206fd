"""Clusters and their capacity providers."""

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent


class Cluster(Handler):
    """aws:ecs/cluster:Cluster."""

    service = "ecs"
    name_property = "name"
    name_limit = 255
    replace_on = frozenset({"name"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        cluster = self.api.create_cluster(
            clusterName=inputs["name"], tags=tags_list(inputs, "key", "value"), **pick(inputs, settings="settings")
        )["cluster"]
        return cluster["clusterArn"], {**inputs, "arn": cluster["clusterArn"], "name": cluster["clusterName"]}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; an inactive cluster is gone."""
        clusters = self.api.describe_clusters(clusters=[identity])["clusters"]
        if not clusters or clusters[0]["status"] == "INACTIVE":
            return None
        return {**state, "arn": identity, "name": clusters[0]["clusterName"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings."""
        self.api.update_cluster(cluster=identity, **pick(new, settings="settings"))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_cluster, cluster=identity)


class ClusterCapacityProviders(Handler):
    """aws:ecs/clusterCapacityProviders:ClusterCapacityProviders."""

    service = "ecs"
    replace_on = frozenset({"clusterName"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the cluster's name."""
        return inputs["clusterName"], self.update(inputs["clusterName"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the cluster's providers."""
        clusters = self.api.describe_clusters(clusters=[identity])["clusters"]
        if not clusters or not clusters[0].get("capacityProviders"):
            return None
        return {**state, "clusterName": identity, "capacityProviders": clusters[0]["capacityProviders"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put the providers."""
        self.api.put_cluster_capacity_providers(
            cluster=identity,
            capacityProviders=new.get("capacityProviders") or [],
            defaultCapacityProviderStrategy=new.get("defaultCapacityProviderStrategies") or [],
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove the providers from the cluster."""
        unless_absent(
            self.api.put_cluster_capacity_providers,
            cluster=identity,
            capacityProviders=[],
            defaultCapacityProviderStrategy=[],
        )

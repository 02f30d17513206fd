"""Clusters, task definitions and services. The emulator stores them; the supervisor runs the containers."""

import json
from typing import Any

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent
from runtime.local.resources.relations import served_containers


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
        return cluster["clusterArn"], self.present(cluster["clusterArn"], inputs)

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


class TaskDefinition(Handler):
    """aws:ecs/taskDefinition:TaskDefinition; every change is a new revision."""

    service = "ecs"
    name_property = "family"
    name_limit = 255
    replace_on = frozenset(
        {
            "family",
            "containerDefinitions",
            "cpu",
            "memory",
            "networkMode",
            "executionRoleArn",
            "taskRoleArn",
            "requiresCompatibilities",
            "runtimePlatform",
            "volumes",
        }
    )

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its family."""
        settings = pick(
            inputs,
            cpu="cpu",
            memory="memory",
            networkMode="networkMode",
            executionRoleArn="executionRoleArn",
            taskRoleArn="taskRoleArn",
            requiresCompatibilities="requiresCompatibilities",
            runtimePlatform="runtimePlatform",
        )
        if inputs.get("volumes"):
            settings["volumes"] = [pick(volume, name="name") for volume in inputs["volumes"]]
        task = self.api.register_task_definition(
            family=inputs["family"],
            containerDefinitions=json.loads(inputs["containerDefinitions"]),
            tags=tags_list(inputs, "key", "value"),
            **settings,
        )["taskDefinition"]
        outputs = {**inputs, "arn": task["taskDefinitionArn"], "revision": task["revision"]}
        return inputs["family"], self.present(inputs["family"], outputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; an inactive revision is gone."""
        answer = unless_absent(self.api.describe_task_definition, taskDefinition=state.get("arn", identity))
        if answer is None or answer["taskDefinition"].get("status") == "INACTIVE":
            return None
        arn = answer["taskDefinition"]["taskDefinitionArn"]
        return {
            **state,
            "arn": arn,
            "arnWithoutRevision": arn.rsplit(":", 1)[0],
            "family": identity,
            "revision": answer["taskDefinition"]["revision"],
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change the tags; nothing else changes in place."""
        if new.get("tags"):
            self.api.tag_resource(resourceArn=old["arn"], tags=tags_list(new, "key", "value"))
        return self.present(identity, {**new, "arn": old["arn"]})

    def delete(self, identity: str, state: Properties) -> None:
        """Deregister the revision."""
        unless_absent(self.api.deregister_task_definition, taskDefinition=state["arn"])


class Service(Handler):
    """aws:ecs/service:Service."""

    service = "ecs"
    name_property = "name"
    name_limit = 255
    replace_on = frozenset({"name", "cluster", "launchType", "loadBalancers", "schedulingStrategy"})

    def _settings(self, inputs: Properties) -> dict[str, Any]:
        settings = pick(
            inputs,
            taskDefinition="taskDefinition",
            desiredCount="desiredCount",
            platformVersion="platformVersion",
            healthCheckGracePeriodSeconds="healthCheckGracePeriodSeconds",
            enableECSManagedTags="enableEcsManagedTags",
            propagateTags="propagateTags",
        )
        if network := inputs.get("networkConfiguration"):
            settings["networkConfiguration"] = {
                "awsvpcConfiguration": {
                    "subnets": network["subnets"],
                    "securityGroups": network.get("securityGroups") or [],
                    "assignPublicIp": "ENABLED" if network.get("assignPublicIp") else "DISABLED",
                }
            }
        if providers := inputs.get("capacityProviderStrategies"):
            settings["capacityProviderStrategy"] = [
                pick(entry, capacityProvider="capacityProvider", weight="weight", base="base") for entry in providers
            ]
        deployment = pick(
            inputs,
            maximumPercent="deploymentMaximumPercent",
            minimumHealthyPercent="deploymentMinimumHealthyPercent",
            deploymentCircuitBreaker="deploymentCircuitBreaker",
        )
        return {**settings, **({"deploymentConfiguration": deployment} if deployment else {})}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        served_containers(self.boto3_client, inputs)
        arn = self.api.create_service(
            cluster=inputs["cluster"],
            serviceName=inputs["name"],
            tags=tags_list(inputs, "key", "value"),
            **pick(inputs, launchType="launchType", loadBalancers="loadBalancers"),
            **self._settings(inputs),
        )["service"]["serviceArn"]
        return arn, self.present(arn, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; an inactive service is gone."""
        services = self.api.describe_services(cluster=state["cluster"], services=[identity])["services"]
        if not services or services[0]["status"] == "INACTIVE":
            return None
        details = services[0]
        return {
            **state,
            "arn": identity,
            "name": details["serviceName"],
            "desiredCount": details["desiredCount"],
            "taskDefinition": details["taskDefinition"],
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings; the number of tasks only if it differs, because another may have changed it since."""
        settings = {**pick(new, forceNewDeployment="forceNewDeployment"), **self._settings(new)}
        if new.get("desiredCount") == old.get("desiredCount"):
            settings.pop("desiredCount", None)
        self.api.update_service(cluster=new["cluster"], service=identity, **settings)
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it, with its tasks."""
        unless_absent(self.api.delete_service, cluster=state["cluster"], service=identity, force=True)

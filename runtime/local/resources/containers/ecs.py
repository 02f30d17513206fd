"""Services. The emulator stores them; the supervisor runs their containers."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent
from runtime.local.resources.relations import served_containers


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
        details = self.api.create_service(
            cluster=inputs["cluster"],
            serviceName=inputs["name"],
            tags=tags_list(inputs, "key", "value"),
            **pick(inputs, launchType="launchType", loadBalancers="loadBalancers"),
            **self._settings(inputs),
        )["service"]
        return details["serviceArn"], self._outputs(inputs, details)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; an inactive service is gone."""
        services = self.api.describe_services(cluster=state["cluster"], services=[identity])["services"]
        if not services or services[0]["status"] == "INACTIVE":
            return None
        return self._outputs(state, services[0])

    def _outputs(self, state: Properties, details: Properties) -> Properties:
        return {
            **state,
            "arn": details["serviceArn"],
            "name": details["serviceName"],
            "desiredCount": details["desiredCount"],
            "taskDefinition": details["taskDefinition"],
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings; the number of tasks only if it differs, because another may have changed it since."""
        settings = {**pick(new, forceNewDeployment="forceNewDeployment"), **self._settings(new)}
        if new.get("desiredCount") == old.get("desiredCount"):
            settings.pop("desiredCount", None)
        details = self.api.update_service(cluster=new["cluster"], service=identity, **settings)["service"]
        return self._outputs(new, details)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it, with its tasks."""
        unless_absent(self.api.delete_service, cluster=state["cluster"], service=identity, force=True)

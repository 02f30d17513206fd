"""The listeners of load balancers."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pascal, pick, tags_list, unless_absent
from runtime.local.resources.network.elb import tag


class Listener(Handler):
    """aws:lb/listener:Listener."""

    service = "elbv2"
    replace_on = frozenset({"loadBalancerArn"})

    def _settings(self, inputs: Properties) -> dict[str, Any]:
        settings = pick(inputs, Port="port", Protocol="protocol", SslPolicy="sslPolicy")
        if inputs.get("certificateArn"):
            settings["Certificates"] = [{"CertificateArn": inputs["certificateArn"]}]
        settings["DefaultActions"] = [pascal(action) for action in inputs["defaultActions"]]
        return settings

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        details = self.api.create_listener(
            LoadBalancerArn=inputs["loadBalancerArn"],
            **({"Tags": tags} if (tags := tags_list(inputs)) else {}),  # the service refuses an empty list
            **self._settings(inputs),
        )
        arn = details["Listeners"][0]["ListenerArn"]
        return arn, {**inputs, "arn": arn}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it."""
        answer = unless_absent(self.api.describe_listeners, ListenerArns=[identity])
        return {**state, "arn": identity} if answer and answer["Listeners"] else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings and the tags."""
        self.api.modify_listener(ListenerArn=identity, **self._settings(new))
        tag(self.api, identity, new)
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_listener, ListenerArn=identity)

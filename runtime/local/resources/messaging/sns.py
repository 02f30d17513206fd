"""Topics, their policies and their subscriptions."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, account, tags_list, unless_absent
from runtime.local.resources.relations import room_for_subscription

ATTRIBUTES = {
    "displayName": "DisplayName",
    "fifoTopic": "FifoTopic",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "fifoThroughputScope": "FifoThroughputScope",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "signatureVersion": "SignatureVersion",
}
SUBSCRIPTION = {
    "rawMessageDelivery": "RawMessageDelivery",
    "filterPolicy": "FilterPolicy",
    "filterPolicyScope": "FilterPolicyScope",
    "redrivePolicy": "RedrivePolicy",
}
FLAGS = frozenset({"fifoTopic", "contentBasedDeduplication", "rawMessageDelivery"})


def attributes(inputs: Properties, names: dict[str, str]) -> dict[str, str]:
    """Return the set properties as SNS writes attributes."""
    return {
        key: str(inputs[name]).lower() if name in FLAGS else str(inputs[name])
        for name, key in names.items()
        if inputs.get(name) is not None
    }


def values(answer: dict[str, Any], names: dict[str, str]) -> Properties:
    """Return SNS attributes as properties."""
    return {
        name: answer[key] == "true" if name in FLAGS else answer[key] for name, key in names.items() if key in answer
    }


class Topic(Handler):
    """aws:sns/topic:Topic."""

    service = "sns"
    name_property = "name"
    name_limit = 250
    replace_on = frozenset({"name", "fifoTopic"})

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Return the automatic name; a FIFO topic's ends in .fifo."""
        return super().auto_name(logical, inputs, seed) + (".fifo" if inputs.get("fifoTopic") else "")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN. What it then has is known: to read that of each topic would take long."""
        arn = self.api.create_topic(
            Name=inputs["name"], Attributes=attributes(inputs, ATTRIBUTES), Tags=tags_list(inputs)
        )["TopicArn"]
        given = {"displayName": "", **({"contentBasedDeduplication": False} if inputs.get("fifoTopic") else {})}
        return arn, {**given, **inputs, "arn": arn, "owner": account(self.boto3_client)}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read every attribute."""
        answer = unless_absent(self.api.get_topic_attributes, TopicArn=identity)
        if answer is None:
            return None
        details = answer["Attributes"]
        name = identity.rsplit(":", 1)[-1]
        return {
            **state,
            **values(details, ATTRIBUTES),
            "arn": identity,
            "name": name,
            "owner": details.get("Owner", ""),
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set each attribute that changed."""
        for key, value in attributes(new, {k: v for k, v in ATTRIBUTES.items() if k not in self.replace_on}).items():
            self.api.set_topic_attributes(TopicArn=identity, AttributeName=key, AttributeValue=value)
        if new.get("tags"):
            self.api.tag_resource(ResourceArn=identity, Tags=tags_list(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it with its subscriptions."""
        unless_absent(self.api.delete_topic, TopicArn=identity)


class TopicPolicy(Handler):
    """aws:sns/topicPolicy:TopicPolicy."""

    service = "sns"
    replace_on = frozenset({"arn"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the topic's ARN."""
        return inputs["arn"], self.update(inputs["arn"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the topic's policy."""
        answer = unless_absent(self.api.get_topic_attributes, TopicArn=identity)
        return None if answer is None else {**state, "arn": identity, "policy": answer["Attributes"].get("Policy", "")}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the topic's policy."""
        self.api.set_topic_attributes(TopicArn=identity, AttributeName="Policy", AttributeValue=new["policy"])
        return {**new, "arn": identity}

    def delete(self, identity: str, state: Properties) -> None:
        """Do nothing: SNS cannot remove a policy; it goes with its topic."""


class TopicSubscription(Handler):
    """aws:sns/topicSubscription:TopicSubscription."""

    service = "sns"
    replace_on = frozenset({"topic", "protocol", "endpoint"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its ARN."""
        room_for_subscription(self.boto3_client, inputs["topic"])
        arn = self.api.subscribe(
            TopicArn=inputs["topic"],
            Protocol=inputs["protocol"],
            Endpoint=inputs["endpoint"],
            Attributes=attributes(inputs, SUBSCRIPTION),
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        return arn, {"rawMessageDelivery": False, **inputs, "arn": arn}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read every attribute."""
        answer = unless_absent(self.api.get_subscription_attributes, SubscriptionArn=identity)
        if answer is None:
            return None
        details = answer["Attributes"]
        place = {"topic": details["TopicArn"], "protocol": details["Protocol"], "endpoint": details["Endpoint"]}
        return {**state, **values(details, SUBSCRIPTION), **place, "arn": identity}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set each attribute."""
        for key, value in attributes(new, SUBSCRIPTION).items():
            self.api.set_subscription_attributes(SubscriptionArn=identity, AttributeName=key, AttributeValue=value)
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.unsubscribe, SubscriptionArn=identity)

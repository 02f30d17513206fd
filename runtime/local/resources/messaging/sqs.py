"""Queues and their policies."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, nested, unless_absent

ATTRIBUTES = {
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "maxMessageSize": "MaximumMessageSize",
    "delaySeconds": "DelaySeconds",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "fifoQueue": "FifoQueue",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deduplicationScope": "DeduplicationScope",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
    "redrivePolicy": "RedrivePolicy",
    "redriveAllowPolicy": "RedriveAllowPolicy",
    "policy": "Policy",
}
NUMBERS = frozenset(name for name in ATTRIBUTES if name.endswith(("Seconds", "Size")))
FLAGS = frozenset({"fifoQueue", "contentBasedDeduplication", "sqsManagedSseEnabled"})
# What a queue has that asks for nothing else; a FIFO queue has more.
GIVEN = {
    "visibilityTimeoutSeconds": 30,
    "messageRetentionSeconds": 345_600,
    "maxMessageSize": 1_048_576,
    "delaySeconds": 0,
    "receiveWaitTimeSeconds": 0,
}
GIVEN_FIFO = {**GIVEN, "contentBasedDeduplication": False}


def text(value: Any) -> str:
    """Return a property as SQS writes attributes."""
    return str(value).lower() if isinstance(value, bool) else str(int(value)) if isinstance(value, float) else value


class Queue(Handler):
    """aws:sqs/queue:Queue."""

    service = "sqs"
    name_property = "name"
    name_limit = 75
    replace_on = frozenset({"name", "fifoQueue"})

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Return the automatic name; a FIFO queue's ends in .fifo."""
        return super().auto_name(logical, inputs, seed) + (".fifo" if inputs.get("fifoQueue") else "")

    def _attributes(self, inputs: Properties, *, create: bool) -> dict[str, str]:
        settable = {name: key for name, key in ATTRIBUTES.items() if create or name != "fifoQueue"}
        return {
            key: str(text(inputs[name]))
            for name, key in settable.items()
            # SQS refuses FifoQueue=false, so a standard queue omits it
            if inputs.get(name) is not None and not (name == "fifoQueue" and not inputs[name])
        }

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its URL. What it then has is known: to read that of each queue would take long."""
        url = self.api.create_queue(
            QueueName=inputs["name"],
            Attributes=self._attributes(inputs, create=True),
            tags=inputs.get("tags") or {},
        )["QueueUrl"]
        place = {"url": url, "arn": f"arn:aws:sqs:{self.place}:{inputs['name']}"}
        return url, {**(GIVEN_FIFO if inputs.get("fifoQueue") else GIVEN), **inputs, **place}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read every attribute."""
        answer = unless_absent(self.api.get_queue_attributes, QueueUrl=identity, AttributeNames=["All"])
        if answer is None:
            return None
        values = answer["Attributes"]
        outputs = {**state, "url": identity, "arn": values["QueueArn"], "name": identity.rsplit("/", 1)[-1]}
        for name, key in ATTRIBUTES.items():
            if key in values:
                value = values[key]
                outputs[name] = int(value) if name in NUMBERS else value == "true" if name in FLAGS else value
        return outputs

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the attributes that have values."""
        self.api.set_queue_attributes(QueueUrl=identity, Attributes=self._attributes(new, create=False))
        if gone := sorted(set(old.get("tags") or {}) - set(new.get("tags") or {})):
            self.api.untag_queue(QueueUrl=identity, TagKeys=gone)
        if new.get("tags"):
            self.api.tag_queue(QueueUrl=identity, Tags=new["tags"])
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it with its messages."""
        unless_absent(self.api.delete_queue, QueueUrl=identity)


class QueuePolicy(Handler):
    """aws:sqs/queuePolicy:QueuePolicy."""

    service = "sqs"
    replace_on = frozenset({"queueUrl"})
    attribute = "Policy"
    document = "policy"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the queue's URL."""
        return inputs["queueUrl"], self.update(inputs["queueUrl"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the attribute."""
        answer = unless_absent(self.api.get_queue_attributes, QueueUrl=identity, AttributeNames=[self.attribute])
        value = nested(answer or {}, "Attributes").get(self.attribute)
        return {**state, "queueUrl": identity, self.document: value} if value else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the attribute."""
        self.api.set_queue_attributes(QueueUrl=identity, Attributes={self.attribute: new[self.document]})
        return {**new, "queueUrl": identity}

    def delete(self, identity: str, state: Properties) -> None:
        """Clear the attribute."""
        unless_absent(self.api.set_queue_attributes, QueueUrl=identity, Attributes={self.attribute: ""})


class RedriveAllowPolicy(QueuePolicy):
    """aws:sqs/redriveAllowPolicy:RedriveAllowPolicy."""

    attribute = "RedriveAllowPolicy"
    document = "redriveAllowPolicy"

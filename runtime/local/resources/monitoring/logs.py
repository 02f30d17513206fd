"""CloudWatch log groups."""

from runtime.local.resources.base import Handler, Properties, unless_absent


class LogGroup(Handler):
    """aws:cloudwatch/logGroup:LogGroup."""

    service = "logs"
    name_property = "name"
    name_limit = 512
    replace_on = frozenset({"name", "logGroupClass"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        self.api.create_log_group(logGroupName=inputs["name"], tags=inputs.get("tags") or {})
        return inputs["name"], self.update(inputs["name"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the log group with exactly this name."""
        groups = self.api.describe_log_groups(logGroupNamePrefix=identity)["logGroups"]
        for group in groups:
            if group["logGroupName"] == identity:
                arn = group["arn"].removesuffix(":*")
                return {**state, "name": identity, "arn": arn, "retentionInDays": group.get("retentionInDays", 0)}
        return None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the retention."""
        if new.get("retentionInDays"):
            self.api.put_retention_policy(logGroupName=identity, retentionInDays=new["retentionInDays"])
        elif old.get("retentionInDays"):
            self.api.delete_retention_policy(logGroupName=identity)
        arn = f"arn:aws:logs:{self.place}:log-group:{identity}"
        return {**new, "name": identity, "arn": arn, "retentionInDays": new.get("retentionInDays") or 0}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it with its streams."""
        unless_absent(self.api.delete_log_group, logGroupName=identity)

"""EventBridge Scheduler."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pascal, pick, unless_absent
from runtime.local.resources.enumerations import wrong_values

PLAIN = {
    "ScheduleExpression": "scheduleExpression",
    "ScheduleExpressionTimezone": "scheduleExpressionTimezone",
    "State": "state",
    "Description": "description",
}


class Schedule(Handler):
    """aws:scheduler/schedule:Schedule."""

    service = "scheduler"
    name_property = "name"
    defaults = {"groupName": "default", "state": "ENABLED"}  # noqa: RUF012 - read only
    replace_on = frozenset({"name", "groupName"})

    def _arguments(self, inputs: Properties) -> dict[str, Any]:
        arguments = {
            "Name": inputs["name"],
            "GroupName": inputs["groupName"],
            "FlexibleTimeWindow": pascal(inputs["flexibleTimeWindow"]),
            "Target": pascal(inputs["target"]),
            **pick(inputs, **PLAIN),
        }
        shape = self.api.meta.service_model.operation_model("CreateSchedule").input_shape
        if faults := wrong_values(arguments, shape):
            raise ValueError("CreateSchedule: " + "; ".join(faults))
        return arguments

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its group and its name."""
        self.api.create_schedule(**self._arguments(inputs))
        identity = f"{inputs['groupName']}/{inputs['name']}"
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read what an operator may have changed by hand."""
        group, name = identity.split("/")
        details = unless_absent(self.api.get_schedule, GroupName=group, Name=name)
        if details is None:
            return None
        now = {key: details[argument] for argument, key in PLAIN.items() if key in state}
        return {**state, **now, "arn": details["Arn"], "name": name, "groupName": group}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put the whole schedule."""
        self.api.update_schedule(**self._arguments(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        group, name = identity.split("/")
        unless_absent(self.api.delete_schedule, GroupName=group, Name=name)

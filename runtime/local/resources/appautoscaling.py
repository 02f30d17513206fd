"""Application Auto Scaling, which the emulator lacks: what would be sent is checked against the service's own model
and then only recorded. The supervisor scales by the policy itself."""

from typing import Any

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

from runtime.local.resources.base import Handler, Properties, pascal


def wrong_values(value: Any, shape: Shape, path: str = "") -> list[str]:
    """Return what botocore does not check by itself: values outside an enumeration."""
    if isinstance(shape, StructureShape):
        return [
            fault
            for key, inner in value.items()
            if key in shape.members
            for fault in wrong_values(inner, shape.members[key], f"{path}.{key}")
        ]
    if isinstance(shape, ListShape):
        return [fault for item in value for fault in wrong_values(item, shape.member, f"{path}[]")]
    if isinstance(shape, MapShape):
        return [fault for item in value.values() for fault in wrong_values(item, shape.value, f"{path}.*")]
    if isinstance(shape, StringShape) and shape.enum and value not in shape.enum:
        return [f"{path.lstrip('.')}: {value!r} is none of {', '.join(shape.enum)}"]
    return []


class Recorded(Handler):
    """A resource whose call is validated and kept in Pulumi's state alone."""

    service = "application-autoscaling"
    operation: str

    def arguments(self, inputs: Properties) -> dict[str, Any]:
        """Return the arguments of the call."""
        raise NotImplementedError

    def validate(self, inputs: Properties) -> None:
        """Raise ValueError naming every argument that the service would refuse."""
        shape = self.api.meta.service_model.operation_model(self.operation).input_shape
        arguments = self.arguments(inputs)
        report: str = ParamValidator().validate(arguments, shape).generate_report()
        faults = [report] if report else wrong_values(arguments, shape)
        if faults:
            raise ValueError(f"{self.operation}: " + "; ".join(faults))

    def read(self, identity: str, state: Properties) -> Properties | None:
        """What was recorded."""
        return dict(state)

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Validate and record anew."""
        self.validate(new)
        return {**old, **new}

    def delete(self, identity: str, state: Properties) -> None:
        """There is nothing in the cloud."""


class Target(Recorded):
    """aws:appautoscaling/target:Target."""

    operation = "RegisterScalableTarget"
    replace_on = frozenset({"resourceId", "scalableDimension", "serviceNamespace"})

    def arguments(self, inputs: Properties) -> dict[str, Any]:
        """The target's own properties."""
        names = ("minCapacity", "maxCapacity", "resourceId", "scalableDimension", "serviceNamespace", "suspendedState")
        return pascal({name: inputs[name] for name in names if inputs.get(name) is not None})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is its resource's id."""
        self.validate(inputs)
        return inputs["resourceId"], {**inputs, "arn": f"arn:aws:application-autoscaling:::{inputs['resourceId']}"}


class Policy(Recorded):
    """aws:appautoscaling/policy:Policy."""

    operation = "PutScalingPolicy"
    named = "name"
    name_limit = 255
    replace_on = frozenset({"name", "resourceId", "scalableDimension", "serviceNamespace"})

    def arguments(self, inputs: Properties) -> dict[str, Any]:
        """The provider's names of the two configurations are the API's, their lists are not."""
        arguments = pascal(
            {
                "policyName": inputs["name"],
                **{
                    name: inputs[name] for name in ("policyType", "resourceId", "scalableDimension", "serviceNamespace")
                },
            }
        )
        if step := inputs.get("stepScalingPolicyConfiguration"):
            arguments["StepScalingPolicyConfiguration"] = self._step(step)
        if tracking := inputs.get("targetTrackingScalingPolicyConfiguration"):
            arguments["TargetTrackingScalingPolicyConfiguration"] = self._tracking(tracking)
        return arguments

    def _step(self, step: Properties) -> dict[str, Any]:
        settings = pascal({key: value for key, value in step.items() if key != "stepAdjustments"})
        settings["StepAdjustments"] = [
            # the provider takes the bounds as text
            {key: float(value) if key.startswith("MetricInterval") else value for key, value in pascal(entry).items()}
            for entry in step["stepAdjustments"]
        ]
        return settings

    def _tracking(self, tracking: Properties) -> dict[str, Any]:
        settings = pascal({key: value for key, value in tracking.items() if not key.endswith("Specification")})
        if custom := tracking.get("customizedMetricSpecification"):
            metrics = [self._metric(entry) for entry in custom["metrics"]]
            settings["CustomizedMetricSpecification"] = {"Metrics": metrics}
        return settings

    def _metric(self, entry: Properties) -> dict[str, Any]:
        metric = pascal({key: value for key, value in entry.items() if key != "metricStat"})
        if stat := entry.get("metricStat"):
            inner = {key: value for key, value in stat["metric"].items() if key != "dimensions"}
            dimensions = [pascal(dimension) for dimension in stat["metric"].get("dimensions") or ()]
            metric["MetricStat"] = {"Metric": {**pascal(inner), "Dimensions": dimensions}, "Stat": stat["stat"]}
        return metric

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is its name."""
        self.validate(inputs)
        return inputs["name"], {**inputs, "arn": f"arn:aws:autoscaling:::{inputs['name']}", "alarmArns": []}

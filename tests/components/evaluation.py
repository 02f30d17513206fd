"""How CloudWatch evaluates an alarm on one metric, after what AWS writes about it, as a pure function.

The rules are those of "Configuring how CloudWatch alarms treat missing data" and "Alarm evaluation" in the CloudWatch
User Guide: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html. AWS does not say how much longer
than the evaluation periods the evaluation range is; in its examples it is two points more, and so it is here.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final, Literal

State = Literal["OK", "ALARM", "INSUFFICIENT_DATA"]
Points = Sequence[float | None]

BEYOND: Final = 2
COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
STATISTICS: Final[Mapping[str, Callable[[Sequence[float]], float]]] = {
    "Sum": sum,
    "Maximum": max,
    "Minimum": min,
    "Average": fmean,
    "SampleCount": len,
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric: when it was measured and when CloudWatch has it, in seconds."""

    at: float
    value: float
    arrives: float


@dataclass(frozen=True, slots=True)
class Alarm:
    """What CloudWatch knows of an alarm: `needed` of the last `periods` points must breach."""

    comparison: str
    threshold: float
    needed: int
    periods: int
    missing: str = "missing"
    statistic: str = "Sum"
    period: int = 60

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> "Alarm":
        """Return the alarm that a MetricAlarm with these inputs is."""
        periods = int(inputs["evaluationPeriods"])
        return cls(
            inputs["comparisonOperator"],
            float(inputs["threshold"]),
            int(inputs.get("datapointsToAlarm", periods)),
            periods,
            inputs.get("treatMissingData", "missing"),
            inputs["statistic"],
            int(inputs["period"]),
        )

    @property
    def range(self) -> int:
        """The points that are read: more than must be judged, lest some are missing."""
        return self.periods + BEYOND

    def state(self, points: Points, before: State) -> State:
        """Return the state after the points of the evaluation range, the newest last, of which None is missing."""
        breaches = [None if each is None else self._breaches(each) for each in points[-self.range :]]
        newest = breaches[-self.periods :]
        # Older points stand in for missing ones; only what is then lacking is treated as missing data.
        real = [each for each in breaches if each is not None][-self.periods :] if None in newest else newest
        lacking = self.periods - len(real)
        breaching = sum(each is True for each in real)
        if breaching + (lacking if self.missing == "breaching" else 0) >= self.needed:
            return "ALARM"
        if not lacking or self.missing in ("breaching", "notBreaching") or False in real:
            return "OK"
        if self.missing == "ignore":
            return before
        if not real:
            return "INSUFFICIENT_DATA"
        # Nothing but breaching points, too few of them: an alarm once the oldest is as old as those needed.
        return "ALARM" if True in breaches[: len(breaches) - self.needed + 1] else "OK"

    def play(self, samples: Iterable[Sample], minutes: int) -> list[State]:
        """Return the state after each minute, with the samples that have arrived by then."""
        told = list(samples)
        state: State = "INSUFFICIENT_DATA"
        states: list[State] = []
        for now in range(60, 60 * minutes + 1, 60):
            here = [each for each in told if each.arrives <= now]
            starts = [now - self.period * back for back in range(self.range, 0, -1)]
            state = self.state([self._point(here, start) for start in starts], state)
            states.append(state)
        return states

    def _breaches(self, value: float) -> bool:
        return COMPARISONS[self.comparison](value, self.threshold)

    def _point(self, samples: Iterable[Sample], start: float) -> float | None:
        values = [each.value for each in samples if start <= each.at < start + self.period]
        return STATISTICS[self.statistic](values) if values else None

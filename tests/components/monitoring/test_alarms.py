"""Every alarm of the program begins with its fault and ends after it, with values that are late or missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from algorithms.registry import load_registry
from algorithms.scaling import late_after
from bench import scale
from components.parts.names import logical_name
from tests.components.evaluation import Alarm, Sample, State

Values = tuple[float, ...]
BEGIN, MINUTES = 40, 120
LATE = {logical_name(name): late_after(each.algorithm.resources) for name, each in load_registry().items()}


@dataclass(frozen=True)
class Scenario:
    """What a metric's values of a minute are in a healthy system and with the fault; an empty tuple is silence."""

    names: str
    metric: str
    healthy: Values
    fault: Values
    minutes: int = 1
    """How long the fault lasts; a minute less of it is no alarm."""
    delay: int = 3
    """Minutes that values may be late."""
    quiet: bool = True
    """Whether a healthy system may report nothing."""


def scenarios() -> list[Scenario]:
    events, scaler = (0.0, 0.0), "imaging/dev UnsteadyServices"
    return [
        Scenario(r".+-dead-letters", "AWS/SQS NumberOfMessagesReceived", (), (1,), delay=15),
        *(
            Scenario(
                f"{name}(-overflow)?-late",
                "AWS/SQS ApproximateAgeOfOldestMessage",
                (limit,),
                (0, limit + 1),
                5,
                delay=15,
            )
            for name, limit in LATE.items()
        ),
        Scenario("results-undelivered", "AWS/SQS ApproximateNumberOfMessagesVisible", (), (1,), delay=15),
        Scenario("services-unsteady", scaler, (0,), (0, 1)),
        Scenario("scaler-silent", scaler, (0,), (), 7, quiet=False),
        Scenario("jobs-mended", "imaging/dev MendedJobs", (0,), (0, 1)),
        Scenario("sweeper-silent", "imaging/dev MendedJobs", (0,), (), 7, quiet=False),
        Scenario("client-places", "imaging/dev ClientPlacesUsed", (80,), (80.5,)),
        Scenario(r".+-errors", "AWS/Lambda Errors", events, (0, 1)),
        Scenario("processing-api-5xx", "AWS/ApiGateway 5xx", events, (0, 1)),
        Scenario("pacs-api-5xx", "AWS/ApplicationELB HTTPCode_Target_5XX_Count", (), (1,)),
        Scenario("pacs-api-balancer-5xx", "AWS/ApplicationELB HTTPCode_ELB_5XX_Count", (), (1,)),
        Scenario("pacs-api-unsteady", "AWS/ApplicationELB HealthyHostCount", (1, 1), (1, 0), 15, quiet=False),
    ]


def scenario_of(name: str) -> Scenario:
    (found,) = [each for each in scenarios() if re.fullmatch(each.names, name)]
    return found


@pytest.fixture(scope="module")
def alarms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The inputs of every alarm that the dev stack has, by name."""
    folder = tmp_path_factory.mktemp("alarms")
    resources = scale.answer(scale.start(folder / "plugins", folder), folder)["resources"]
    kind = "aws:cloudwatch/metricAlarm:MetricAlarm"
    return {each["name"]: each["inputs"] for each in resources if each["type"] == kind}


def feed(scenario: Scenario, fault: int = 0, late: int = 0, gap: int = 0) -> list[Sample]:
    """Return the values of a system that fails for `fault` minutes.

    Those from BEGIN on are kept back until `late` minutes after it; every `gap`th minute of health is not reported.
    """
    samples: list[Sample] = []
    for minute in range(MINUTES):
        failing = BEGIN <= minute < BEGIN + fault
        held = (BEGIN + late) * 60 if BEGIN <= minute < BEGIN + late else 0
        if failing or not gap or minute % gap:
            values = scenario.fault if failing else scenario.healthy
            samples += [Sample(minute * 60 + 9 * i, each, max(held, minute * 60 + 30)) for i, each in enumerate(values)]
    return samples


def names(scenario: Scenario, alarms: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name in alarms if re.fullmatch(scenario.names, name)]


def test_every_alarm_has_a_scenario_on_its_own_metric(alarms: dict[str, dict[str, Any]]) -> None:
    for name, inputs in alarms.items():
        assert f"{inputs['namespace']} {inputs['metricName']}" == scenario_of(name).metric, name
        assert "metricQueries" not in inputs, name
    assert all(names(each, alarms) for each in scenarios()), "a scenario without an alarm"


def test_every_alarm_begins_with_its_fault_and_ends_after_it(alarms: dict[str, dict[str, Any]]) -> None:
    for name, inputs in alarms.items():
        alarm, scenario = Alarm.of(inputs), scenario_of(name)
        for late in (0, scenario.delay):
            # What lasts must go on while nobody tells of it; what happens once is told of afterwards.
            fault = scenario.minutes + (late if scenario.minutes > 1 else 0)
            states = alarm.play(feed(scenario, fault, late), MINUTES)
            wrong = [minute for minute, state in enumerate(states) if minute >= alarm.range and state == "ALARM"]
            end = BEGIN + fault
            assert wrong, f"{name} does not begin, {late} minutes late"
            assert BEGIN <= wrong[0] <= max(end, BEGIN + late), f"{name}, {late} minutes late"
            assert wrong[-1] <= max(end, BEGIN + late) + alarm.range, f"{name} does not end, {late} minutes late"
            assert states[-1] == "OK", name


def test_no_alarm_begins_in_a_healthy_system(alarms: dict[str, dict[str, Any]]) -> None:
    for name, inputs in alarms.items():
        alarm, scenario = Alarm.of(inputs), scenario_of(name)
        healthy = [feed(scenario), feed(scenario, late=3), feed(scenario, gap=3), feed(scenario, scenario.minutes - 1)]
        for samples in [*healthy, []] if scenario.quiet else healthy:
            assert "ALARM" not in alarm.play(samples, MINUTES)[alarm.range :], name


@pytest.mark.parametrize("name", ["scaler-silent", "sweeper-silent", "pacs-api-unsteady"])
def test_silence_is_an_alarm(alarms: dict[str, dict[str, Any]], name: str) -> None:
    alarm = Alarm.of(alarms[name])
    spoke = [each for each in feed(scenario_of(name)) if each.at < BEGIN * 60]
    states = alarm.play(spoke, MINUTES)
    assert states[BEGIN - 1] == "OK" and states[BEGIN + alarm.range] == states[-1] == "ALARM"


KEPT = "INSUFFICIENT_DATA", "before", "ALARM", "OK"
# The rows of AWS's two tables, 3 of 3 and 2 of 3; the columns are missing, ignore, breaching and notBreaching.
TABLES: list[tuple[int, str, Sequence[str]]] = [
    (3, "0-X-X", ["OK"] * 4),
    (3, "0----", ["OK"] * 4),
    (3, "-----", KEPT),
    (3, "0XX-X", ["ALARM"] * 4),
    (3, "--X--", ["ALARM", "before", "ALARM", "OK"]),
    (2, "0-X-X", ["ALARM"] * 4),
    (2, "00X0X", ["ALARM"] * 4),
    (2, "0-X--", ["OK", "OK", "ALARM", "OK"]),
    (2, "----0", ["OK", "OK", "ALARM", "OK"]),
    (2, "---X-", ["ALARM", "before", "ALARM", "OK"]),
]


@pytest.mark.parametrize(("needed", "row", "expected"), TABLES)
@pytest.mark.parametrize("before", ["OK", "ALARM"])
def test_the_model_agrees_with_awss_tables(needed: int, row: str, expected: Sequence[str], before: State) -> None:
    points = [{"0": 0.0, "X": 1.0, "-": None}[each] for each in row]
    for missing, told in zip(("missing", "ignore", "breaching", "notBreaching"), expected, strict=True):
        alarm = Alarm("GreaterThanThreshold", 0, needed, 3, missing)
        assert alarm.state(points, before) == (before if told == "before" else told), missing

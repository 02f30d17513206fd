"""Alarms and dashboards."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pascal, pick, tags_list, unless_absent

PLAIN = {
    "AlarmDescription": "alarmDescription",
    "ComparisonOperator": "comparisonOperator",
    "EvaluationPeriods": "evaluationPeriods",
    "DatapointsToAlarm": "datapointsToAlarm",
    "Threshold": "threshold",
    "TreatMissingData": "treatMissingData",
    "MetricName": "metricName",
    "Namespace": "namespace",
    "Period": "period",
    "Statistic": "statistic",
    "ExtendedStatistic": "extendedStatistic",
    "AlarmActions": "alarmActions",
    "OKActions": "okActions",
}


def dimensions(values: dict[str, str] | None) -> list[dict[str, str]]:
    """Return dimensions as CloudWatch lists them."""
    return [{"Name": name, "Value": value} for name, value in sorted((values or {}).items())]


class MetricAlarm(Handler):
    """aws:cloudwatch/metricAlarm:MetricAlarm."""

    service = "cloudwatch"
    name_property = "name"
    name_limit = 255
    replace_on = frozenset({"name"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        return inputs["name"], self.update(inputs["name"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read what an operator may have changed by hand."""
        alarms = self.api.describe_alarms(AlarmNames=[identity])["MetricAlarms"]
        if not alarms:
            return None
        return {**state, "name": identity, "arn": alarms[0]["AlarmArn"], "threshold": alarms[0]["Threshold"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put the whole alarm; CloudWatch takes no tags for an alarm that exists."""
        arguments = {"AlarmName": identity, **pick(new, **PLAIN)}
        if new.get("dimensions"):
            arguments["Dimensions"] = dimensions(new["dimensions"])
        if new.get("metricQueries"):
            arguments["Metrics"] = [self._query(query) for query in new["metricQueries"]]
        if not old and new.get("tags"):
            arguments["Tags"] = tags_list(new)
        self.api.put_metric_alarm(**arguments)
        arn = f"arn:aws:cloudwatch:{self.place}:alarm:{identity}"
        if old and new.get("tags"):
            self.api.tag_resource(ResourceARN=arn, Tags=tags_list(new))
        return {**new, "arn": arn}

    def _query(self, query: Properties) -> dict[str, Any]:
        request: dict[str, Any] = pascal({key: value for key, value in query.items() if key != "metric"})
        if metric := query.get("metric"):
            identity = {**pick(metric, Namespace="namespace", MetricName="metricName")}
            identity["Dimensions"] = dimensions(metric.get("dimensions"))
            request["MetricStat"] = {"Metric": identity, "Period": metric["period"], "Stat": metric["stat"]}
        return request

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_alarms, AlarmNames=[identity])


class Dashboard(Handler):
    """aws:cloudwatch/dashboard:Dashboard."""

    service = "cloudwatch"
    name_property = "dashboardName"
    name_limit = 255
    replace_on = frozenset({"dashboardName"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        return inputs["dashboardName"], self.update(inputs["dashboardName"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the body."""
        details = unless_absent(self.api.get_dashboard, DashboardName=identity)
        if details is None:
            return None
        body = {"dashboardArn": details["DashboardArn"], "dashboardBody": details["DashboardBody"]}
        return {**state, **body, "dashboardName": identity}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put the body; raise ValueError with the faults that CloudWatch reports."""
        details = self.api.put_dashboard(DashboardName=identity, DashboardBody=new["dashboardBody"])
        if faults := details.get("DashboardValidationMessages"):
            raise ValueError(f"dashboard {identity}: {faults}")
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_dashboards, DashboardNames=[identity])

"""The dashboards that show how a stack does: one graph for each question, with one line for each algorithm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.algorithm.algorithm_service import AlgorithmService
from components.pacs.pacs_api import PacsApi
from components.parts.json_text import json_text
from components.parts.metrics import namespace
from components.parts.sizes import ALGORITHMS_PER_DASHBOARD
from components.processing_api import ProcessingApi

WIDTH, HEIGHT, COLUMNS = 12, 6, 2
BALANCER = ("RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count")

Line = list[Any]
Graph = tuple[str, list[Line], str]  # title, lines, statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardArgs:
    """Arguments of a Dashboard."""

    api: ProcessingApi
    """The processing API and the services that it sends jobs to."""
    pacs: PacsApi
    """The PACS API."""


class Dashboard(pulumi.ComponentResource):
    """Queue age, backlog, tasks, duration, jobs and failures of each algorithm; the first also shows the two APIs."""

    dashboards: list[aws.cloudwatch.Dashboard]

    def __init__(self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Dashboard", name, {}, opts)
        region = aws.get_region(opts=pulumi.InvokeOptions(parent=self)).region
        services = list(args.api.services.items())
        self.dashboards = []
        for start in range(0, max(len(services), 1), ALGORITHMS_PER_DASHBOARD):
            graphs = _of_algorithms(dict(services[start : start + ALGORITHMS_PER_DASHBOARD]))
            if start == 0:
                graphs += _of_apis(args)
            page = f"-{len(self.dashboards) + 1}" if start else ""
            widgets = [_widget(place, *graph, region) for place, graph in enumerate(graphs)]
            dashboard = aws.cloudwatch.Dashboard(
                name + page,
                dashboard_name=f"{pulumi.get_project()}-{pulumi.get_stack()}{page}",  # people look for it by name
                dashboard_body=json_text({"widgets": widgets}),
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.dashboards.append(dashboard)
        self.register_outputs({"dashboardNames": [each.dashboard_name for each in self.dashboards]})


def _of_algorithms(services: Mapping[str, AlgorithmService]) -> list[Graph]:
    """Return the graphs of the services."""
    age: list[Line] = []
    backlog: list[Line] = []
    own: dict[str, list[Line]] = {"Tasks": [], "Milliseconds": [], "Jobs": [], "Failures": []}
    for algorithm, service in services.items():
        requests, label = ["QueueName", service.queues.requests.name], {"label": algorithm}
        age.append(["AWS/SQS", "ApproximateAgeOfOldestMessage", *requests, label])
        backlog.append(["AWS/SQS", "ApproximateNumberOfMessagesVisible", *requests, {"label": f"{algorithm} waiting"}])
        beyond = ["QueueName", service.queues.overflow.name, {"label": f"{algorithm} waiting beyond shares"}]
        backlog.append(["AWS/SQS", "ApproximateNumberOfMessagesVisible", *beyond])
        held = {"label": f"{algorithm} held by workers"}
        backlog.append(["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", *requests, held])
        for metric, lines in own.items():
            lines.append([namespace(), metric, "Algorithm", algorithm, label])
    return [
        ("Age of the oldest job (s)", age, "Maximum"),
        ("Jobs waiting and held", backlog, "Maximum"),
        ("Running tasks", own["Tasks"], "Maximum"),
        ("Duration of half of the jobs, from acceptance to result (ms)", own["Milliseconds"], "p50"),
        ("Jobs ended", own["Jobs"], "Sum"),
        ("Jobs failed or timed out", own["Failures"], "Sum"),
    ]


def _of_apis(args: DashboardArgs) -> list[Graph]:
    """Return the graphs of the two APIs as their callers see them."""
    api = ["ApiId", args.api.api.id]
    balancer = ["LoadBalancer", args.pacs.balancer.arn_suffix]
    return [
        ("Processing API", [["AWS/ApiGateway", name, *api] for name in ("Count", "4xx", "5xx")], "Sum"),
        ("PACS API", [["AWS/ApplicationELB", name, *balancer] for name in BALANCER], "Sum"),
    ]


def _widget(place: int, title: str, lines: Sequence[Line], stat: str, region: str) -> dict[str, Any]:
    properties = {"title": title, "metrics": list(lines), "stat": stat, "period": 60, "region": region}
    position = {"x": WIDTH * (place % COLUMNS), "y": HEIGHT * (place // COLUMNS), "width": WIDTH, "height": HEIGHT}
    return {"type": "metric", **position, "properties": {**properties, "view": "timeSeries"}}

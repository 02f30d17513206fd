"""The embedded metric format: from these fields of a log line CloudWatch makes metrics, without a call of its API."""

import time
from collections.abc import Mapping
from typing import Any, Final

MILLISECONDS: Final = "Milliseconds"  # both a metric's name and its unit


def embedded(namespace: str, dimension: tuple[str, str], values: Mapping[str, float]) -> dict[str, Any]:
    """Return the fields of metrics in `namespace` under one dimension (name, value); all but Milliseconds are counts.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    units = [{"Name": name, "Unit": name if name == MILLISECONDS else "Count"} for name in values]
    described = {"Namespace": namespace, "Dimensions": [[dimension[0]]], "Metrics": units}
    block = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [described]}
    return {"_aws": block, dimension[0]: dimension[1], **values}

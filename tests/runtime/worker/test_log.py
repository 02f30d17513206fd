"""The line from which metrics are made."""

import json
from typing import Any

import pytest

from runtime.contracts.models import JobResult
from runtime.worker import log

RESULT: dict[str, Any] = {
    "version": 1,
    "job_id": "a" * 32,
    "client_id": "b" * 16,
    "algorithm": "gaussian",
    "distribution": "imaging-services 0.1.0",
    "status": "succeeded",
    "pacs": {"study_id": "1.2", "series_id": "1.2.3", "image_id": "1.2.3.4", "scope": "image"},
    "parameters": {},
    "outputs": [],
    "outputs_complete": True,
    "measurements": {},
    "missing": [],
    "error": None,
    "attempts": 1,
    "hops": {"accepted": 1000, "queued": 1010, "started": 1500, "published": 3250},
}
ERROR = {"code": "internal", "message": "It broke.", "retryable": True}


def ended(capsys: pytest.CaptureFixture[str], **changes: Any) -> dict[str, Any]:
    log.jobs_ended([(JobResult.model_validate({**RESULT, **changes}), 1)])
    return json.loads(capsys.readouterr().out)


def test_cloudwatch_finds_every_metric_that_the_line_declares(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICS_NAMESPACE", "imaging/prod")
    line = ended(capsys)
    (declared,) = line["_aws"]["CloudWatchMetrics"]
    assert (declared["Namespace"], declared["Dimensions"]) == ("imaging/prod", [["Algorithm"]])
    assert line["Algorithm"] == "gaussian"
    assert {metric["Name"]: line[metric["Name"]] for metric in declared["Metrics"]} == {
        "Jobs": 1,
        "Failures": 0,
        "Milliseconds": 2250,
    }


@pytest.mark.parametrize(("status", "failures"), [("failed", 1), ("timed_out", 1), ("cancelled", 0)])
def test_what_is_a_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, status: str, failures: int
) -> None:
    monkeypatch.setenv("METRICS_NAMESPACE", "imaging/prod")
    assert ended(capsys, status=status, error=ERROR)["Failures"] == failures


def test_without_a_namespace_there_is_only_the_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("METRICS_NAMESPACE", raising=False)
    assert "_aws" not in ended(capsys)

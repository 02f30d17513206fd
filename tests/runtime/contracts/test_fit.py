"""A result fits into a message, whatever is in it."""

import json
from typing import Any

import pytest

from runtime.contracts import fit

RESULT: dict[str, Any] = {"job_id": "1", "measurements": {"volume": 1.5}, "missing": [], "outputs": [{"key": "a"}]}
LONG = "x" * 900


def test_what_fits_stays_as_it_is() -> None:
    assert json.loads(fit.encode(RESULT)) == RESULT


@pytest.mark.parametrize(
    "excess",
    [
        {"measurements": {"report": "x" * 300_000}},
        {"measurements": {f"region_{index}": 1.2345678901 for index in range(20_000)}},
        {"missing": [LONG] * 300},
        {"outputs": [{"key": LONG}] * 300},
        {"measurements": {f"region_{index}": LONG for index in range(300)}, "missing": [LONG] * 300},
    ],
)
def test_what_does_not_fit_is_cut_and_says_so(excess: dict[str, Any]) -> None:
    text = fit.encode({**RESULT, **excess})
    assert len(text) <= fit.RESULT_BYTES
    told = json.loads(text)
    assert told["outputs_complete"] is False and told["job_id"] == "1"


def test_outputs_go_before_measurements() -> None:
    told = json.loads(fit.encode({**RESULT, "outputs": [{"key": LONG}] * 300}))
    assert told["measurements"] == RESULT["measurements"]
    assert 200 < len(told["outputs"]) < 300

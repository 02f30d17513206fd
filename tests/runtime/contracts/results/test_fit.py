"""A result fits into a message, whatever is in it."""

import json
from typing import Any

import pytest

from runtime.contracts.results import fit

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
        {"parameters": {"text": "x" * 250_000}},
        {"parameters": {"text": "x" * 150_000}, "inputs": {"points": [{"points": ["x" * 150_000]}]}},
    ],
)
def test_what_does_not_fit_is_cut_and_says_so(excess: dict[str, Any]) -> None:
    text = fit.encode({**RESULT, **excess})
    assert len(text) <= fit.RESULT_BYTES
    told = json.loads(text)
    assert told["outputs_complete"] is False and told["job_id"] == "1"


MANY: dict[str, Any] = {
    **RESULT,
    "client_id": "2",
    "parameters": {"sigma": 2},
    "measurements": {f"region_{index}": 1.2345678901 for index in range(10_000)},
    "ports": [{"name": f"table_{index}", "type": "table", "count": 10_000} for index in range(10_000)],
    "missing": [LONG] * 10_000,
    "outputs": [{"key": LONG, "kind": "preview"}] * 10_000,
}
COUNTS = {"measurements": 10_000, "ports": 10_000, "missing": 10_000, "outputs": 10_000}


def test_ten_thousand_of_everything_fit_into_a_message_and_an_item() -> None:
    message, item = fit.encode(MANY), fit.encode_for_item(MANY)
    assert len(message) <= fit.RESULT_BYTES < 256 * 1024 and len(item) <= fit.ITEM_BYTES < 400_000
    for told in (json.loads(message), json.loads(item)):
        assert told["outputs_complete"] is False and told["counts"] == COUNTS
    assert json.loads(item)["manifest"] == "results/2/1/result.json"


def test_an_item_has_all_of_a_small_result() -> None:
    small = {**RESULT, "client_id": "2", "parameters": {}}
    assert fit.encode_for_item(small) == fit.encode(small)


def test_an_item_keeps_the_types_of_outputs_and_the_parameters_if_there_is_room() -> None:
    ports = [{"name": "mask", "type": "labels", "description": LONG}] * 5
    told = json.loads(fit.encode_for_item({**MANY, "ports": ports, "outputs": [{"kind": "values", "key": LONG}] * 9}))
    assert told["types"] == {"image": "image", "mask": "labels"} and told["parameters"] == {"sigma": 2}
    large = json.loads(fit.encode_for_item({**MANY, "parameters": {"text": LONG * 9}, "inputs": {"a": [LONG] * 9}}))
    assert large["parameters"] == {} and "inputs" not in large


def test_outputs_go_before_measurements() -> None:
    told = json.loads(fit.encode({**RESULT, "outputs": [{"key": LONG}] * 300}))
    assert told["measurements"] == RESULT["measurements"]
    assert 200 < len(told["outputs"]) < 300

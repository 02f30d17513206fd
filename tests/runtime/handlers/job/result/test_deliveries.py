"""What is handed out of a client's queue is a result of that client, whatever else was put there."""

import json
from typing import Any

import pytest

from runtime.handlers.job.result import deliveries, outputs

CLIENT, JOB = "0" * 16, "1" * 32
OWN = f"results/{CLIENT}/{JOB}/"


def message(**changes: Any) -> dict[str, Any]:
    known = {"version": 1, "client_id": CLIENT, "job_id": JOB, "status": "succeeded", "hops": {}, "outputs": []}
    return {**known, **changes}


@pytest.fixture(autouse=True)
def _signs(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(outputs, "sign", lambda key: f"https://{key}")


def test_outputs_are_signed_and_unknown_fields_passed_on() -> None:
    read = deliveries.read(CLIENT, json.dumps(message(outputs=[{"key": OWN + "a/b.png"}], new="field")))
    assert read["outputs"] == [{"key": OWN + "a/b.png", "url": f"https://{OWN}a/b.png"}]
    assert read["new"] == "field"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "1",
        '{"version": 1}',
        "[" * 100_000,
        *(
            json.dumps(message(**changes))
            for changes in (
                {"version": 0},
                {"version": "1"},
                {"version": True},
                {"client_id": "2" * 16},
                {"client_id": None},
                {"job_id": 7},
                {"job_id": "../" + JOB},
                {"status": None},
                {"hops": []},
                {"hops": {"published": "now"}},
                {"outputs": None},
                {"outputs": {}},
                {"outputs": ""},
                {"outputs": [1]},
                {"outputs": [{}]},
                {"outputs": [{"key": 1}]},
                {"outputs": [{"key": f"results/{'2' * 16}/{JOB}/a.png"}]},
                {"measurements": {"mean": float("nan")}},
            )
        ),
    ],
)
def test_what_is_no_result_of_the_client_is_unreadable(body: str) -> None:
    with pytest.raises(deliveries.UnreadableError):
        deliveries.read(CLIENT, body)


def test_a_later_version_is_not_judged() -> None:
    with pytest.raises(deliveries.LaterError):
        deliveries.read(CLIENT, json.dumps({"version": 2, "job": {}}))

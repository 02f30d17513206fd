"""Further inputs of a request: what is taken, what is refused with its place, and what the message holds."""

import json
from typing import Any

import pytest

from runtime.contracts.messages import decode_job
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment

PRIOR = {"study_id": "1.2", "series_id": "1.2.3"}
FLAT = {"points": [{"position": [1, 2]}]}
EARLIER = {"job_id": "e" * 32, "output": "tissue"}


@pytest.fixture(autouse=True)
def service(api: Deployment) -> None:
    api.put(pk="route#follow", queue_url=api.queues["smooth"], cluster="c", service="follow")


def ended(api: Deployment, caller: Caller, state: str = "succeeded", letter: str = "e", **result: Any) -> None:
    """Write an earlier job of a client, with its result."""
    ports = [{"name": "tissue", "type": "labels"}, {"name": "marks", "type": "points"}]
    content = {"outputs": [], "ports": ports, "outputs_complete": True, **result}
    item = {"state": state, "client_id": caller.client_id, "algorithm": "smooth", "shard": 0, "request": "{}"}
    api.put(pk=f"job#{letter * 32}", result=json.dumps(content), expires=2**33, **item)


def faults(caller: Caller, inputs: Any) -> list[tuple[str | None, str]]:
    """Return where the faults of a request are, and what they say."""
    answer = caller.call("POST", "/process/follow", json=caller.body(parameters={}, inputs=inputs))
    return [(each.pointer, each.detail) for each in refused(answer, 422, "invalid_request").errors]


def test_inputs_reach_the_worker_in_one_form(api: Deployment, alice: Caller) -> None:
    ended(api, alice)
    seeds = {"points": [{"position": [1, 2.5, 3]}]}
    inputs = {"prior": PRIOR, "within": EARLIER, "seeds": seeds, "phases": [{**PRIOR, "image_id": "7"}]}
    job_id = alice.process("follow", parameters={}, inputs=inputs)
    (message,) = api.requests()
    job = decode_job(message["Body"])
    assert (job.job_id, job.version) == (job_id, 2)
    assert job.inputs["prior"] == ({**PRIOR, "image_id": None, "scope": "series"},)
    assert job.inputs["within"] == (EARLIER,)
    assert job.inputs["seeds"] == ({"points": [{"position": [1, 2.5, 3], "name": ""}]},)
    assert job.inputs["phases"][0]["scope"] == "image"


def test_a_job_without_inputs_is_a_message_that_earlier_workers_read(api: Deployment, alice: Caller) -> None:
    alice.process()
    (message,) = api.requests()
    content = json.loads(message["Body"])
    assert content["version"] == 1 and "inputs" not in content


def test_an_optional_input_may_be_null(api: Deployment, alice: Caller) -> None:
    alice.process("follow", parameters={}, inputs={"prior": PRIOR, "within": None})
    (message,) = api.requests()
    assert list(decode_job(message["Body"]).inputs) == ["prior"]


@pytest.mark.parametrize(
    ("inputs", "at", "said"),
    [
        ({}, "/inputs/prior", "is required"),
        ({"prior": PRIOR, "mask": PRIOR}, "/inputs/mask", "known: prior, within, seeds, phases"),
        ({"prior": "1.2.3"}, "/inputs/prior", "must be an object"),
        ({"prior": {}}, "/inputs/prior", "must be an image, series or study of the PACS (study_id) or an output"),
        ({"prior": {"points": []}}, "/inputs/prior", "must be an image"),
        ({"prior": {**PRIOR, "study_id": "../x"}}, "/inputs/prior/study_id", "must match"),
        ({"prior": {**PRIOR, "more": 1}}, "/inputs/prior/more", "is not known here"),
        ({"prior": {"study_id": "1.2"}}, "/inputs/prior/scope", "is study, but this input takes series"),
        (
            {"prior": PRIOR, "phases": [{**PRIOR, "image_id": "7", "volume": "0123456789abcdef"}]},
            "/inputs/phases/0/volume",
            "is one of a series, and the scope is image",
        ),
        ({"prior": {"study_id": "1", "scope": "series"}}, "/inputs/prior/series_id", "is required for scope series"),
        ({"prior": PRIOR, "phases": PRIOR}, "/inputs/phases", "must be a list of 1 to 100"),
        ({"prior": PRIOR, "phases": [PRIOR]}, "/inputs/phases/0/scope", "is series, but this input takes image"),
        ({"prior": PRIOR, "within": PRIOR}, "/inputs/within", "must be an output of an earlier job (job_id)"),
        (
            {"prior": PRIOR, "seeds": {"points": [{"position": [1, 2]}]}},
            "/inputs/seeds/points/0/position",
            "at least 3",
        ),
        ({"prior": PRIOR, "within": {**EARLIER, "job_id": "f" * 32}}, "/inputs/within/job_id", "is none of your jobs"),
        ({"prior": PRIOR, "within": {**EARLIER, "output": "csf"}}, "/inputs/within/output", "it has tissue, marks"),
        ({"prior": PRIOR, "within": {**EARLIER, "output": "marks"}}, "/inputs/within/output", "is of type points"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    api: Deployment, alice: Caller, inputs: Any, at: str, said: str
) -> None:
    ended(api, alice)
    found = faults(alice, inputs)
    assert [where for where, _ in found] == [at]
    assert said in found[0][1]


def test_an_algorithm_of_the_image_alone_says_so(alice: Caller) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body(inputs={"prior": PRIOR}))
    (fault,) = refused(answer, 422, "invalid_request").errors
    assert (fault.pointer, fault.detail) == (
        "/inputs/prior",
        "is not known here: the algorithm takes the image alone",
    )


def test_an_earlier_job_must_have_ended_with_outputs(api: Deployment, alice: Caller) -> None:
    for state, said in (("running", "is still running; wait for its end"), ("failed", "ended failed, without outputs")):
        ended(api, alice, state)
        ((_, detail),) = faults(alice, {"prior": PRIOR, "within": EARLIER})
        assert said in detail


def test_nobody_learns_of_anothers_jobs(api: Deployment, alice: Caller, bob: Caller) -> None:
    ended(api, alice)
    assert faults(bob, {"prior": PRIOR, "within": EARLIER}) == faults(
        bob, {"prior": PRIOR, "within": {**EARLIER, "job_id": "f" * 32}}
    )


def test_the_image_of_an_algorithm_without_declared_outputs_is_an_input(api: Deployment, alice: Caller) -> None:
    ended(api, alice, ports=[], outputs=[{"kind": "values"}])
    alice.process("follow", parameters={}, inputs={"prior": {"job_id": "e" * 32, "output": "image"}})
    assert len(api.requests()) == 1

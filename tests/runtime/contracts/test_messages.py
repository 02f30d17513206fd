"""Messages are read and written in one place, and results fit."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from runtime.contracts.messages import (
    BadMessageError,
    NewerMessageError,
    decode_job,
    decode_result,
    encode_job,
    encode_result,
)
from runtime.contracts.models import InputReference, JobMessage, JobResult, Output

JOB = JobMessage(
    job_id="0" * 32,
    client_id="0" * 16,
    shard=0,
    algorithm="gaussian",
    pacs=InputReference(study_id="1.2", series_id="3", image_id="4"),
    parameters={"sigma": 2.0, "note": "é\u2028\ufffe"},
    outputs=("preview",),
    accepted_at=5,
)


def result(outputs: int) -> JobResult:
    listed = [
        Output(
            name=f"preview-{number:04}.png",
            kind="preview",
            key=f"results/{JOB.client_id}/{JOB.job_id}/preview-{number:04}.png",
            media_type="image/png",
            bytes=1,
            sha256="0" * 64,
            plane=number,
        )
        for number in range(outputs)
    ]
    return JobResult(
        job_id=JOB.job_id,
        client_id=JOB.client_id,
        algorithm=JOB.algorithm,
        distribution="imaging-services 0.1.0",
        status="succeeded",
        pacs=JOB.pacs,
        parameters=JOB.parameters,
        outputs=tuple(listed),
        attempts=1,
        hops={},
    )


def test_a_job_survives_the_way_through_the_queue() -> None:
    body = encode_job(JOB)
    assert body.isascii()  # SQS refuses some characters
    assert decode_job(body) == JOB


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({**JOB.model_dump(mode="json"), "version": 0}),
        json.dumps({**JOB.model_dump(mode="json"), "job_id": "../" * 11}),
    ],
)
def test_what_is_no_job_is_one_error_with_the_data(body: str) -> None:
    with pytest.raises(BadMessageError) as caught:
        decode_job(body)
    assert (caught.value.code, caught.value.data, caught.value.retryable) == ("bad_message", body, False)


def test_the_error_does_not_repeat_what_the_message_says() -> None:
    with pytest.raises(BadMessageError) as caught:
        decode_job(json.dumps({**JOB.model_dump(mode="json"), "pacs": {"study_id": "DOE JOHN"}}))
    assert "/pacs/study_id" in caught.value.message
    assert "DOE" not in str(caught.value)


def test_a_result_that_fits_is_whole() -> None:
    assert decode_result(encode_result(result(100))) == result(100)


@settings(deadline=None)
@example(13, 3_394)  # one output fewer fits to the byte
@given(st.integers(0, 60), st.integers(1_500, 20_000))
def test_a_result_is_cut_to_what_fits(outputs: int, limit: int) -> None:
    whole = result(outputs)
    text = encode_result(whole, limit)
    assert len(text.encode()) <= limit
    cut = decode_result(text)
    assert cut.outputs == whole.outputs[: len(cut.outputs)]
    assert cut.outputs_complete == (len(cut.outputs) == outputs)
    if not cut.outputs_complete:  # and no more was cut than had to be
        more = whole.model_copy(
            update={"outputs": whole.outputs[: len(cut.outputs) + 1], "outputs_complete": False, "counts": cut.counts}
        )
        assert len(encode_result(more, 10**9)) > limit


def test_the_largest_series_fits_into_a_message() -> None:
    assert len(encode_result(result(5_000))) <= 200_000


def test_what_is_no_result_is_an_error() -> None:
    with pytest.raises(BadMessageError):
        decode_result("{}")


def test_what_a_later_release_wrote_is_read_without_the_fields_that_this_one_does_not_know() -> None:
    message = JOB.model_dump(mode="json")
    later = {**message, "more": 1, "pacs": {**message["pacs"], "frame": 3}}
    assert decode_job(json.dumps(later)) == JOB


@pytest.mark.parametrize(("decode", "version"), [(decode_job, 3), (decode_result, 2)])
def test_a_higher_version_is_left_to_whoever_understands_it(decode: Callable[[str], object], version: int) -> None:
    with pytest.raises(NewerMessageError, match=f"has version {version}"):
        decode(json.dumps({"version": version, "jobs": []}))


def test_further_inputs_survive_the_queue_and_a_message_without_them_is_read() -> None:
    job = JOB.model_copy(update={"version": 2, "inputs": {"within": ({"job_id": "e" * 32, "output": "tissue"},)}})
    assert decode_job(encode_job(job)) == job
    earlier = JOB.model_dump(mode="json", exclude={"inputs"})
    assert decode_job(json.dumps(earlier)).inputs == {}


def test_what_the_manifest_alone_has_is_not_in_the_message() -> None:
    told = json.loads(encode_result(result(1)))
    assert not {"used", "source", "ports", "inputs"} & set(told)


def test_a_trace_survives_the_queue_whatever_its_form_and_an_earlier_message_has_none() -> None:
    traced = JOB.model_copy(update={"traceparent": "cc-of-a-later-version"})
    assert decode_job(encode_job(traced)) == traced
    earlier = {name: value for name, value in json.loads(encode_job(JOB)).items() if name != "traceparent"}
    assert decode_job(json.dumps(earlier)).traceparent is None

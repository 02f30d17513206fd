"""Values of `traceparent` as the recommendation, and those who do not keep to it, write them."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.contracts import traceparent
from runtime.contracts.traceparent import Context

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    ("text", "sampled"),
    [
        (f"00-{TRACE}-{SPAN}-01", True),
        (f"00-{TRACE}-{SPAN}-00", False),
        (f"00-{TRACE}-{SPAN}-03", True),  # further flags are of later versions
        (f"00-{TRACE}-{SPAN}-02", False),
        (f"01-{TRACE}-{SPAN}-01", True),
        (f"cc-{TRACE}-{SPAN}-01-what-comes-later", True),
    ],
)
def test_a_caller_s_context_is_read(text: str, sampled: bool) -> None:
    assert traceparent.parse(text) == Context(TRACE, SPAN, sampled)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "1",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}-1",
        f"00-{TRACE}-{SPAN}-01,00-{TRACE}-{SPAN}-01",  # API Gateway joins repeated headers
        f"00-{TRACE}-{SPAN}-01\n",
        f" 00-{TRACE}-{SPAN}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE[:-1]}g-{SPAN}-01",
        f"00-{TRACE}{SPAN}-{SPAN}-01",
        f"00-{TRACE[:-1]}٣-{SPAN}-01",
        '{"$ne": 1}',
        "00-" * 100_000,
    ],
)
def test_what_is_no_context_is_as_good_as_none(text: str | None) -> None:
    assert traceparent.parse(text) is None


@given(st.text())
def test_any_text_is_read_or_ignored(text: str) -> None:
    assert traceparent.parse(text) is None or re.match("[0-9a-f]{2}-", text)


@given(st.uuids(version=4).map(lambda each: each.hex), st.booleans())
def test_what_is_written_is_read_again(job_id: str, sampled: bool) -> None:
    alone = traceparent.alone(job_id, sampled=sampled)
    assert traceparent.parse(str(alone)) == alone
    assert alone.trace_id == job_id
    assert traceparent.own(job_id, alone) == alone  # nothing is above it


def test_the_spans_of_a_job_have_ids_of_their_own_that_never_change() -> None:
    job_id = uuid.uuid4().hex
    ids = [traceparent.span_id(job_id, part) for part in ("", "accept", "wait", "fetch")]
    assert len(set(ids)) == len(ids)
    assert ids == [traceparent.span_id(job_id, part) for part in ("", "accept", "wait", "fetch")]
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in ids)


def test_a_batch_is_a_trace_by_its_digits() -> None:
    batch_id = f"b-{uuid.uuid4().hex}"
    assert traceparent.parse(str(traceparent.alone(batch_id, sampled=True)))

"""What a child says is read as it was meant, or refused."""

from pathlib import Path

import pytest

from runtime.worker.child.messages import (
    MOST_PARAMETERS,
    Bound,
    Done,
    Envelope,
    Failed,
    NoRoom,
    Progress,
    Reply,
    decode,
    encode,
)
from runtime.worker.jobs.product import Product

PRODUCT = Product(Path("/tmp/job/preview.png"), "preview", 1, "0" * 64, 0)


@pytest.mark.parametrize(
    "reply",
    [
        Bound({"sigma": 1.0, "mode": "all", "axes": [0, 1]}),
        Progress(0.5),
        Done((PRODUCT,), {"number": 1, "length": 1.0, "name": "x", "found": True}, ("a second phase",), 7),
        Failed("algorithm_failed", "The algorithm raised ValueError", "trace"),
        NoRoom("No space left on device"),
    ],
)
def test_a_reply_comes_as_it_was_said(reply: Reply) -> None:
    envelope = decode(encode(Envelope(reply, 5)))
    assert envelope == Envelope(reply, 5)
    if isinstance(envelope.reply, Done) and isinstance(reply, Done):
        kinds = [type(value) for value in reply.measurements.values()]
        assert [type(value) for value in envelope.reply.measurements.values()] == kinds


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "null", "[1]", "{}"])
def test_a_measurement_is_a_finite_number_a_text_or_a_truth_value(value: str) -> None:
    done = f'{{"says":"done","products":[],"measurements":{{"a":{value}}},"missing":[],"computed_at":1}}'
    with pytest.raises(ValueError, match="measurements"):
        decode(f'{{"reply":{done},"allocated_bytes":1}}'.encode())


@pytest.mark.parametrize("content", [b"", b"{}", b"\x80\x04", b'{"reply":{"says":"more"},"allocated_bytes":1}'])
def test_what_is_no_reply_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="Envelope"):
        decode(content)


@pytest.mark.parametrize("value", ["NaN", "1e999", f'"{"x" * MOST_PARAMETERS}"'])
def test_parameters_that_no_result_can_hold_are_refused(value: str) -> None:
    bound = f'{{"says":"bound","parameters":{{"a":{value}}}}}'
    with pytest.raises(ValueError, match="parameters"):
        decode(f'{{"reply":{bound},"allocated_bytes":1}}'.encode())

"""A body that is no JSON is refused with what is wrong with it."""

import pytest

from runtime.handlers.http.exchange import read_json
from runtime.handlers.problem import Problem


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\x1f\x8b\x08", "byte 1 is no part of a text in UTF-8; send the JSON as it is, without compressing it."),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "The body is not JSON: its lists and objects are nested too deep."),
        (b"[" * 30_000 + b"]" * 30_000, "The body is not JSON: its lists and objects are nested too deep."),
        (b"[NaN]", "The body is not JSON: NaN is not a JSON number."),
    ],
    ids=["compressed", "nested", "nested beyond Python", "no number"],
)
def test_what_is_not_json_is_told(body: bytes, said: str) -> None:
    with pytest.raises(Problem) as refused:
        read_json(body)
    assert refused.value.code == "not_json" and refused.value.detail.endswith(said)


def test_what_is_nested_less_is_read() -> None:
    assert read_json(b"[" * 100 + b"]" * 100)

import uuid

import pytest

from runtime.contracts import traceparent
from runtime.handlers.trace import context

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{}"


@pytest.mark.parametrize("flag", ["00", "01"])
@pytest.mark.parametrize("percent", ["0", "100"])
def test_a_caller_decides_whether_its_trace_is_recorded(
    monkeypatch: pytest.MonkeyPatch, flag: str, percent: str
) -> None:
    monkeypatch.setenv("TRACE_PERCENT", percent)
    assert str(context.of_request(uuid.uuid4().hex, {"traceparent": CALLER.format(flag)})) == CALLER.format(flag)


@pytest.mark.parametrize("header", [{}, {"traceparent": "nonsense"}])
def test_of_the_others_the_configured_share_is_recorded(
    monkeypatch: pytest.MonkeyPatch, header: dict[str, str]
) -> None:
    ids = [uuid.uuid5(uuid.NAMESPACE_OID, str(number)).hex for number in range(1000)]
    for percent, least, most in (("0", 0, 0), ("25", 200, 300), ("100", 1000, 1000)):
        monkeypatch.setenv("TRACE_PERCENT", percent)
        found = [each for each in ids if context.of_request(each, header)]
        assert least <= len(found) <= most
    assert context.of_request(ids[0], header) == traceparent.alone(ids[0], sampled=True)


def test_without_a_collector_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACE_PERCENT", raising=False)
    assert context.of_request("f" * 32, {}) is None
    assert context.of_request("0" * 32, {}) is None
    assert context.fields(None) == context.logged(None) == {}

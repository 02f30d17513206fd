"""Loopback is reached without a proxy, whatever the environment says."""

import os

import pytest

from clients.cli.proxies import reach_loopback_directly


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (None, None, "127.0.0.1,localhost"),
        (None, "a.example", "a.example,127.0.0.1,localhost"),
        ("b.example, localhost", "a.example", "b.example,localhost,127.0.0.1"),
        ("*", None, "*"),
    ],
)
def test_loopback_is_added_to_what_is_reached_directly(
    monkeypatch: pytest.MonkeyPatch, lower: str | None, upper: str | None, expected: str
) -> None:
    for name, value in (("no_proxy", lower), ("NO_PROXY", upper)):
        monkeypatch.setenv(name, value or "")  # so that the end of the test takes back what is set here
        if value is None:
            monkeypatch.delenv(name)
    reach_loopback_directly()
    assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == expected

"""Loopback is reached without a proxy, whatever the environment says."""

import os

import pytest

from clients.cli.local.proxies import PROXIES, for_a_shell, reach_loopback_directly


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


def test_a_shell_behind_a_proxy_is_told_and_another_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "a.example,127.0.0.1")
    monkeypatch.setenv("no_proxy", "a.example,127.0.0.1")
    assert for_a_shell() == {}
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert for_a_shell() == {"NO_PROXY": "a.example,127.0.0.1", "no_proxy": "a.example,127.0.0.1"}

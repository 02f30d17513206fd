"""Loopback is reached without a proxy, whatever the environment says."""

import importlib.util
import os

import click
import httpx
import pytest

from clients.cli.client import Client
from clients.cli.local.proxies import PROXIES, check, for_a_shell, leading_to, reach_loopback_directly

KNOWN = {"client_id": "0" * 16, "client_token": "token", "queue_url": "http://queue"}


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (None, None, "127.0.0.1,localhost"),
        (None, "a.example", "a.example,127.0.0.1,localhost"),
        ("b.example, localhost", "a.example", "b.example,localhost,127.0.0.1"),
        ("*", None, "*"),
        (
            "[::1], fe80::/10,10.0.0.0/8,::1,,http://c.example:80",
            None,
            "::1,10.0.0.0/8,::1,http://c.example:80,127.0.0.1,localhost",
        ),
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
    with httpx.Client():  # which reads them all
        pass
    assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == expected


def test_a_shell_behind_a_proxy_is_told_and_another_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "a.example,127.0.0.1")
    monkeypatch.setenv("no_proxy", "a.example,127.0.0.1")
    assert for_a_shell() == {}
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert for_a_shell() == {"NO_PROXY": "a.example,127.0.0.1", "no_proxy": "a.example,127.0.0.1"}


@pytest.mark.parametrize("name", ["all_proxy", "ALL_PROXY", "HTTP_PROXY", "https_proxy"])
@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        ("socks5://user:secret@127.0.0.1:1", "names a SOCKS proxy, for which the package socksio is missing"),
        ("ftp://user:secret@127.0.0.1:1", "names a proxy that begins with ftp://; known are http, https, socks5"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, name: str, proxy: str, words: str
) -> None:
    for each in (*PROXIES, "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda module: None)
    monkeypatch.setenv(name, proxy)
    for here in ("http://127.0.0.1:9", "http://localhost/api", "http://[::1]:9"):
        check(here)
        with Client(here, known=KNOWN):
            pass
    with pytest.raises(click.ClickException, match=f"^{name} {words}") as refused:
        check("https://imaging.example.org")
    assert "secret" not in refused.value.message
    monkeypatch.setenv("no_proxy", "*")
    check("https://imaging.example.org")


def test_the_variable_whose_proxy_leads_to_an_address_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (*PROXIES, "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "near.example")
    for address, expected in (
        ("https://far.example/api", "HTTPS_PROXY"),
        ("http://far.example/api", None),
        ("https://near.example/api", None),
        ("http://127.0.0.1:4566", None),
        ("http://[::1", None),
    ):
        assert leading_to(address) == expected
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example:3128")
    assert leading_to("http://far.example/api") == "ALL_PROXY"

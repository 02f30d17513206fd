from pathlib import Path
from typing import Any

import pytest

from runtime.handlers.callback import signature
from runtime.handlers.callback.request import check_callback

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://hooks.example.org/ended"


def faults(**callback: Any) -> dict[str, str]:
    return dict(check_callback({"callback": {"client_id": "a" * 16, **callback}}))


def test_without_hosts_a_callback_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CALLBACK_HOSTS", raising=False)
    assert "callbackHosts names no host" in faults(url=URL, secret=SECRET)["/callback/url"]


def test_address_and_secret_come_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBACK_HOSTS", "hooks.example.org")
    assert faults(url=URL, secret=SECRET) == {}
    assert faults(url=URL) == {"/callback/secret": "is required with url"}
    assert faults(secret=SECRET) == {"/callback/url": "is required with secret"}
    assert "random bytes" in faults(url=URL, secret="guess")["/callback/secret"]


def test_a_request_without_callback_is_as_it_was_sent() -> None:
    request = {"callback": {"client_id": "a" * 16, "url": None, "secret": None}}
    assert check_callback(request) == []
    assert request == {"callback": {"client_id": "a" * 16}}


def test_the_code_in_the_document_verifies_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[4] / "docs" / "callbacks.md").read_text()
    names: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], names)
    monkeypatch.setattr(names["time"], "time", lambda: 1614265400.0)
    headers = signature.headers(SECRET, "job", 1614265330, b"{}")
    names["verify"](SECRET, headers, b"{}")
    with pytest.raises(ValueError, match="wrong signature"):
        names["verify"](SECRET, headers, b"{ }")
    with pytest.raises(ValueError, match="too old"):
        names["verify"](SECRET, {**headers, "webhook-timestamp": "1"}, b"{}")

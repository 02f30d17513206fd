"""How the PACS API is served."""

from typing import Any

import pytest

from runtime.pacs import __main__ as module

BALANCER_IDLE_SECONDS = 60  # by default, which the program does not change


def served_by(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the server is started with, and as `silence` how long it waits for S3."""
    served: dict[str, Any] = {}
    monkeypatch.setattr(module.uvicorn, "run", lambda _, **options: served.update(options))
    monkeypatch.setattr(module, "create_app", lambda *_: None)
    monkeypatch.setattr(module, "from_environment", lambda _: type("Settings", (), {"port": 1}))
    monkeypatch.setattr(module.aws, "boto3_client", lambda _, silence: served.update(silence=silence))
    module.main()
    return served


def test_a_bucket_that_hangs_is_given_up_before_the_load_balancer_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 2 * served_by(monkeypatch)["silence"] < BALANCER_IDLE_SECONDS  # a silent call is made twice


def test_an_idle_connection_is_left_to_the_load_balancer_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    served = served_by(monkeypatch)
    assert served["timeout_keep_alive"] > BALANCER_IDLE_SECONDS

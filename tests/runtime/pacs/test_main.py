"""How the PACS API is served."""

from typing import Any

import pytest

from runtime.pacs import __main__ as module

BALANCER_IDLE_SECONDS = 60  # by default, which the program does not change


def test_an_idle_connection_is_left_to_the_load_balancer_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(module.uvicorn, "run", lambda _, **options: served.update(options))
    monkeypatch.setattr(module, "create_app", lambda *_: None)
    monkeypatch.setattr(module, "from_environment", lambda _: type("Settings", (), {"port": 1}))
    monkeypatch.setattr(module.aws, "boto3_client", lambda _: None)
    module.main()
    assert served["timeout_keep_alive"] > BALANCER_IDLE_SECONDS

"""What `imaging up` makes of its options before anything starts."""

from typing import Any

import pytest
from click.testing import CliRunner

from clients.cli.commands.up import up
from runtime.local import cloud


def test_hosts_and_a_collector_are_the_stack_s_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    seen: dict[str, Any] = {}

    class Refusing(cloud.LocalCloud):
        def __init__(self, *, config: dict[str, Any], **_: Any) -> None:
            seen.update(config)
            raise cloud.DeploymentError("not today")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cloud, "LocalCloud", Refusing)
    hosts = ["--callback-host", "127.0.0.1:8080", "--callback-host", "localhost"]
    said = CliRunner().invoke(up, [*hosts, "--otlp-endpoint", "http://127.0.0.1:4318", "--patients"])
    assert (said.exit_code, "not today" in said.output) == (1, True)
    assert seen.pop("uploads") and seen.pop("patientColumns")
    assert seen == {"callbackHosts": ["127.0.0.1:8080", "localhost"], "otlpEndpoint": "http://127.0.0.1:4318"}
    seen.clear()
    CliRunner().invoke(up, [])
    assert seen == {"uploads": True, "patientColumns": False}

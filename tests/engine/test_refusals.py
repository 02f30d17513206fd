"""What cannot be deployed is refused by the real engine, too: all at once, without a traceback, and nothing is made."""

from collections.abc import Callable
from pathlib import Path

from bench.instruments import many
from tests.engine.stack import Stack


def test_a_broken_plugin_and_a_wrong_configuration_are_told_together(
    new_stack: Callable[..., Stack], tmp_path: Path
) -> None:
    many.install(tmp_path, 1)
    (tmp_path / "bulk_0.py").write_text("import no_such_module\n")
    refused = new_stack("dev", resultShard=2, availabilityZones=4).run("preview", tmp_path)
    for part in ("bulk-0 1.0", "no_such_module", "imaging:resultShards?", "availabilityZones is 4, and eu-south-1 has"):
        assert part in refused.printed + refused.error
    assert "Traceback" not in refused.printed + refused.error
    asked = ("pulumi:pulumi:Stack", "pulumi:providers:")  # what the questions about the account are asked through
    assert [urn for urn in refused.urns("create") if not any(part in urn for part in asked)] == []

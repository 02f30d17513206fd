"""The preview of a pull request, by the workflow's own commands on the real engine: no Docker, and nothing is built."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT
from tests.engine.stack import Answer, Stack

WORKFLOW = ROOT / ".github" / "workflows" / "preview.yml"
REGISTRY = "111122223333.dkr.ecr.eu-south-1.amazonaws.com"


def steps() -> list[dict[str, Any]]:
    (job,) = yaml.safe_load(WORKFLOW.read_text())["jobs"].values()
    return job["steps"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as far as the commands look, since they write into the stack's configuration."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "Pulumi.dev.yaml").write_text((ROOT / "Pulumi.dev.yaml").read_text())
    for name in (".ci", ".venv"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "build").mkdir()
    return folder


@pytest.fixture(scope="module")
def configured(cli: Path, account: Emulator, project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The stack's configuration after all that the workflow runs itself; `make setup page` has been run here."""
    stack = Stack(tmp_path_factory.mktemp("preview"), cli, account)
    commands = [step["run"] for step in steps() if "run" in step and not step["run"].startswith("make ")]
    assert commands[-1].startswith(".ci/name-images")
    done = stack.shell("\n".join(commands), project, STACK="dev", REGISTRY=REGISTRY)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load((project / "Pulumi.dev.yaml").read_text())["config"]


@pytest.fixture(scope="module")
def previewed(new_stack: Callable[..., Stack], configured: dict[str, Any]) -> Answer:
    """What the action does with the Automation API, as these tests do."""
    action = steps()[-1]["with"]
    assert action["comment-on-pr"] is True
    named = {key: configured[key] for key in ("imaging:images", "imaging:prebuiltImages")}
    return new_stack(**named).run(action["command"])


def test_the_images_of_what_is_installed_are_named_by_their_contents(configured: dict[str, Any]) -> None:
    assert configured["imaging:images"] == "prebuilt"
    names = dict(entry.split("=") for entry in configured["imaging:prebuiltImages"])
    assert set(names) == {"imaging-services-worker", "imaging-services-pacs"}
    for name, uri in names.items():
        assert uri.startswith(f"{REGISTRY}/{name}:") and uri.endswith("-arm64")


def test_naming_them_again_changes_nothing(
    cli: Path, account: Emulator, project: Path, configured: dict[str, Any], tmp_path: Path
) -> None:
    again = Stack(tmp_path, cli, account).shell(f".ci/name-images dev {REGISTRY}", project)
    assert again.returncode == 0, again.stderr
    assert yaml.safe_load((project / "Pulumi.dev.yaml").read_text())["config"] == configured


def test_the_preview_shows_the_whole_stack_and_builds_nothing(previewed: Answer) -> None:
    assert not previewed.error
    made = previewed.urns("create")
    assert any(urn.endswith("aws:ecs/taskDefinition:TaskDefinition::gaussian-service") for urn in made)
    assert not [urn for urn in made if "docker-build:" in urn or "aws:ecr/" in urn]

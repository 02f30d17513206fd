"""An algorithm comes and goes on the real engine, in a stack that protects its queues."""

import re
from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT
from tests.engine.inventory import inventory
from tests.engine.stack import Answer, Stack
from tests.engine.work import install, installed, process, running

EXAMPLE = ROOT / "examples" / "processing-1"
# What belongs to it: its distribution is called processing-1, its algorithm processing_1.
OWN = re.compile(r"::(processing-1(-[a-z0-9-]+)?|processing-api-processing-1)$")
# What knows every algorithm: the functions, by the bundle; the roles that name queues; the pages with all of them.
KNOWS_ALL = [
    "catalogue",
    "cleanup",
    "dashboard",
    "dead-letters",
    "dead-letters-policy",
    "failures",
    "failures-policy",
    "jobs",
    "provision",
    "proxy",
    "router",
    "router-policy",
    "scaler",
    "scaler-policy",
    "sign",
    "sweeper",
    "sweeper-policy",
    "system",
    "system-policy",
]
# Nothing depends on how many old images a repository keeps, so the engine does not hold it back.
EXPIRY = "aws:ecr/lifecyclePolicy:LifecyclePolicy::processing-1-worker"
# awsx makes it once the repository's address is known: the first preview does not show it.
IMAGE = "docker-build:index:Image"
QUEUES = {
    "processing-1-dead-letters",
    "processing-1-requests",
    "processing-1-requests-overflow",
    "processing-1-results",
}


def names(urns: list[str]) -> list[str]:
    """Return the logical names."""
    return sorted(urn.rsplit("::", 1)[-1] for urn in urns)


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example installed in it."""
    folder = tmp_path_factory.mktemp("plugins")
    install(EXAMPLE, folder)
    return folder


@pytest.fixture(scope="module")
def preview(dev_stack: Stack, dev_up: Answer, plugins: Path) -> Answer:
    return dev_stack.run("preview", plugins)


@pytest.fixture(scope="module")
def added(dev_stack: Stack, plugins: Path, preview: Answer) -> Answer:
    return dev_stack.run("up", plugins)


def test_installing_creates_its_resources_and_updates_what_knows_all(preview: Answer) -> None:
    assert not preview.error
    created = preview.urns("create")
    assert [urn for urn in created if not OWN.search(urn)] == []
    assert set(names(created)) > QUEUES
    assert names(preview.urns("update")) == KNOWS_ALL
    assert set(preview.changes) == {"create", "update"}


def test_it_does_a_job(added: Answer, preview: Answer, dev_account: Emulator, plugins: Path, tmp_path: Path) -> None:
    assert not added.error
    assert added.urns("update") == preview.urns("update")
    more = set(added.urns("create")) - set(preview.urns("create"))
    assert [urn.split("::")[2].rsplit("$", 1)[-1] for urn in more] == [IMAGE]
    assert set(preview.urns("create")) < set(added.urns("create"))
    with installed(plugins), running(dev_account, tmp_path / "services"):
        assert process(dev_account, added.outputs, "processing_1") == "succeeded"


@pytest.mark.parametrize("operation", ["preview", "up"])
def test_uninstalling_alone_is_refused_before_anything_is_deleted(
    added: Answer, dev_stack: Stack, operation: str
) -> None:
    refused = dev_stack.run(operation)
    said = " ".join((refused.printed + refused.error).split())
    assert re.search(r'::processing-1-service-route" cannot be deleted because it is protected', said)
    deleted = [urn for urn in refused.urns("delete") if f'{urn}" cannot be deleted' not in said]
    assert [urn for urn in deleted if not urn.endswith(EXPIRY)] == []
    assert names(refused.urns("update")) == KNOWS_ALL  # where the preview is skipped, that is done before


def test_the_way_in_the_docs_retires_it_and_nothing_else(
    added: Answer, dev_stack: Stack, plugins: Path, dev_account: Emulator
) -> None:
    text = (ROOT / "docs" / "operations.md").read_text().split("## Retire an algorithm")[1].split("## ")[0]
    (commands,) = re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S)
    unprotect, uninstall, *deploy = commands.splitlines()
    assert uninstall.startswith(".venv/bin/python -m pip uninstall")
    assert [line.split("#")[0].strip() for line in deploy] == ["pulumi preview", "pulumi up"]
    done = dev_stack.shell(unprotect.replace("<algorithm>", "processing-1"))
    assert done.returncode == 0, done.stderr
    foreseen = dev_stack.run("preview")
    assert not foreseen.error, foreseen.error
    gone = dev_stack.run("up")
    assert not gone.error, gone.error
    own = [urn for urn in added.urns("create") if not urn.endswith(EXPIRY)]  # that went with the refused `up`
    assert gone.urns("delete") == foreseen.urns("delete") == own
    assert set(gone.changes) == {"delete"}
    there = inventory(dev_account)
    assert [name for kind in there.values() for name in kind if "processing-1" in name] == []
    assert len([url for url in there["queues"] if "median" in url]) == 4

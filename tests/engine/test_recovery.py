"""A stack that breaks on its way up, goes on where it stopped, works, and is destroyed without a trace."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.cli.client import Client
from runtime.local.emulator.emulator import Emulator
from tests.engine.inventory import MADE, inventory
from tests.engine.stack import Answer, Stack
from tests.engine.work import running, send

# Of each kind of resource that a stack may have whose clients bring no token.
EVERYTHING = {"encryption": "kms", "nat": "one-per-az", "alarmEmail": "operators@example.org"}
# And of those that need callers who sign in.
PAGE = {
    "apiAuth": "jwt",
    "apiJwtIssuer": "https://login.example.org",
    "apiJwtAudiences": ["imaging"],
    "apiAllowedCidrs": [],
    "web": True,
}
# A child of awsx, in the middle: queues, table and buckets are there, routes and alarms are not.
BROKEN = "aws:ecs/service:Service"
SAID = "the service is not available today"
PROVIDER = Path(__file__).with_name("failing_provider.py")


@pytest.fixture(scope="module")
def empty(account: Emulator) -> dict[str, list[str]]:
    """What the account holds before the first deployment."""
    return inventory(account)


@pytest.fixture(scope="module")
def stack(new_stack: Callable[..., Stack], empty: dict[str, list[str]]) -> Stack:
    return new_stack(**EVERYTHING)


@pytest.fixture(scope="module")
def broken(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """A first deployment that stops."""
    folder = tmp_path_factory.mktemp("broken")
    executable = folder / "pulumi-resource-aws"
    executable.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{PROVIDER}" {BROKEN} "{SAID}" "$@"\n')
    executable.chmod(0o755)
    return stack.run("up", PATH=os.pathsep.join((str(folder), stack.environment["PATH"])))


@pytest.fixture(scope="module")
def up(stack: Stack, broken: Answer) -> Answer:
    """The next deployment."""
    return stack.run("up")


def objects(account: Emulator, bucket: str) -> dict[str, Any]:
    """Return what a bucket holds, and since when."""
    found = account.boto3_client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    return {each["Key"]: (each["ETag"], each["LastModified"]) for each in found}


@contextmanager
def staying(endpoint: str) -> Iterator[Client]:
    """A client that never gives its queue back."""
    client = Client(endpoint)
    client.__enter__()
    yield client


def test_a_stack_that_fails_in_the_middle_converges_at_the_next_up(broken: Answer, up: Answer, stack: Stack) -> None:
    assert SAID in broken.printed + broken.error
    assert not up.error
    made = [urn for urn in broken.urns("create") if f"${BROKEN}::" not in urn]
    assert len(made) > 100
    assert set(up.urns("create")).isdisjoint(made), "what was made is not made again"
    assert [urn for urn in up.urns("create") if f"${BROKEN}::" in urn]
    assert stack.run("preview").changes == {}


def test_destroy_leaves_nothing_but_the_hospitals_bucket(
    up: Answer, stack: Stack, account: Emulator, empty: dict[str, list[str]], tmp_path: Path
) -> None:
    api, pacs = up.outputs["ProcessingApiEndpoint"], up.outputs["PacsBucket"]
    with running(account, tmp_path / "services"), staying(api) as client:
        assert send(account, up.outputs, client, "gaussian") == "succeeded"
    httpx.post(f"{api}/provision", timeout=30).raise_for_status()
    (tmp_path / "index.html").write_text("<!doctype html><title>page</title>")
    stack.configure(**PAGE, webFolder=str(tmp_path))
    assert not stack.run("up").error
    there, images = inventory(account), objects(account, pacs)
    assert [kind for kind in MADE if len(there[kind]) <= len(empty[kind])] == [], "the inventory sees each kind"
    assert len([url for url in there["queues"] if "-client-" in url]) == 2
    destroyed = stack.shell("pulumi destroy --yes")
    assert destroyed.returncode == 0, destroyed.stdout + destroyed.stderr
    assert inventory(account) == empty
    assert empty["buckets"] == [pacs]
    assert objects(account, pacs) == images
    assert len(images) == 20

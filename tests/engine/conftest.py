"""The real engine for the tests of this folder; all of them run in one pytest process, one operation at a time."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from runtime.local.emulator.emulator import REGION, Emulator
from runtime.local.program.project import configuration
from tests.engine.cli import pulumi
from tests.engine.stack import Answer, Stack
from tests.go_tool import NoToolError

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the folder's tests together and give them the time that building the CLI takes."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("engine"))
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def cli() -> Path:
    """The Pulumi CLI; without one and without Go these tests are skipped, though never in CI."""
    try:
        return pulumi()
    except NoToolError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@contextmanager
def new_account() -> Iterator[Emulator]:
    """Yield an AWS account with the hospital's bucket in it and nothing else."""
    with Emulator() as emulator:
        bucket = configuration("dev")["imaging:pacsBucket"]
        emulator.boto3_client("s3").create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        yield emulator


@pytest.fixture(scope="module")
def account() -> Iterator[Emulator]:
    """An AWS account of the module's own."""
    with new_account() as account:
        yield account


@pytest.fixture(scope="session")
def dev_account() -> Iterator[Emulator]:
    """The account of `dev_stack`."""
    with new_account() as account:
        yield account


@pytest.fixture(scope="session")
def dev_stack(cli: Path, dev_account: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The dev stack with protected queues, for all modules; each leaves it as it was."""
    return Stack(tmp_path_factory.mktemp("dev"), cli, dev_account, protectQueues=True)


@pytest.fixture(scope="session")
def dev_up(dev_stack: Stack) -> Answer:
    """What the first deployment of `dev_stack` did."""
    up = dev_stack.run("up")
    assert not up.error
    return up


@pytest.fixture(scope="module")
def new_stack(cli: Path, account: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Stack]:
    """Makes stacks on empty backends in the module's account."""

    def make(name: str = "dev", **changes: Any) -> Stack:
        return Stack(tmp_path_factory.mktemp(name), cli, account, name, **changes)

    return make

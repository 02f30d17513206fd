"""What the real engine says it would make: the same as last time, or a change that a reviewer sees."""

from collections.abc import Callable
from typing import Any

import pytest

from runtime.local.project import ROOT
from tests.engine import golden
from tests.engine.stack import Answer, Stack

# A stack as Pulumi.prod.yaml.example describes it, with what that file leaves to fill in.
PROD: dict[str, Any] = {}


@pytest.fixture(scope="module")
def dev(new_stack: Callable[..., Stack]) -> Answer:
    return new_stack().run("preview")


def test_the_dev_stack(dev: Answer) -> None:
    assert not dev.error
    golden.check("dev", golden.table(dev.urns("create")))


def test_what_holds_data_keeps_its_name(dev: Answer) -> None:
    golden.check("data", golden.names_of_data(dev.urns("create")))

"""What the real engine says it would make: the same as last time, or a change that a reviewer sees."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from runtime.local.emulator import REGION, Emulator
from runtime.local.project import ROOT
from tests.engine import golden
from tests.engine.stack import Answer, Stack


@pytest.fixture(scope="module")
def dev(new_stack: Callable[..., Stack]) -> Answer:
    return new_stack().run("preview")


def test_the_dev_stack(dev: Answer) -> None:
    assert not dev.error
    golden.check("dev", golden.table(dev.urns("create")))


def test_a_stack_like_production(new_stack: Callable[..., Stack], account: Emulator) -> None:
    example: dict[str, Any] = yaml.safe_load((ROOT / "Pulumi.prod.yaml.example").read_text())["config"]
    # What the example leaves to fill in stands in angle brackets.
    values = json.loads(json.dumps(example).replace("<", "").replace(">", ""))
    account.client("s3").create_bucket(
        Bucket=values["imaging:pacsBucket"], CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    prod = new_stack("prod", **{**values, "imaging:web": True}).run("preview")
    assert not prod.error
    golden.check("prod", golden.table(prod.urns("create")))


def test_what_holds_data_keeps_its_name(dev: Answer) -> None:
    golden.check("data", golden.names_of_data(dev.urns("create")))

"""What the real engine says it would make: the same as last time, or a change that a reviewer sees."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.local.emulator.emulator import REGION, Emulator
from runtime.local.program.project import ROOT
from tests.engine import golden
from tests.engine.stack import Answer, Stack


@pytest.fixture(scope="module")
def dev(new_stack: Callable[..., Stack]) -> Answer:
    return new_stack().run("preview")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a built page."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<title>page</title>")
    return str(folder)


@pytest.fixture(scope="module")
def prod(new_stack: Callable[..., Stack], account: Emulator, page: str) -> Answer:
    """A stack like production's example."""
    example: dict[str, Any] = yaml.safe_load((ROOT / "Pulumi.prod.yaml.example").read_text())["config"]
    # What the example leaves to fill in stands in angle brackets.
    values = json.loads(json.dumps(example).replace("<", "").replace(">", ""))
    account.boto3_client("s3").create_bucket(
        Bucket=values["imaging:pacsBucket"], CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    shown = {"imaging:web": True, "imaging:webFolder": page, "imaging:apiAllowedCidrs": []}
    return new_stack("prod", **{**values, **shown}).run("preview")


def test_the_dev_stack(dev: Answer) -> None:
    assert not dev.error
    golden.check("dev", golden.table(dev.urns("create")))


def test_a_stack_like_production(prod: Answer) -> None:
    assert not prod.error
    golden.check("prod", golden.table(prod.urns("create")))


def test_a_stack_whose_page_is_not_built_is_refused(new_stack: Callable[..., Stack], tmp_path: Path) -> None:
    refused = new_stack(web=True, webFolder=str(tmp_path), pacsApiInternal=True).run("preview")
    assert "holds no index.html: build the page with `make page`" in refused.error + refused.printed
    made = [urn for urn in refused.urns("create") if "::pulumi:" not in urn]
    assert made == [], "nothing but the stack and its providers"


def test_what_holds_data_keeps_its_name(dev: Answer, prod: Answer) -> None:
    golden.check("data", golden.names_of_data([*dev.urns("create"), *prod.urns("create")]))

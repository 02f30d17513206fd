"""Each test has a configuration of its own."""

from collections.abc import Iterator

import pulumi
import pytest


@pytest.fixture(autouse=True)
def own_configuration() -> Iterator[None]:
    pulumi.runtime.set_mocks(None, project="imaging", stack="dev")  # pyright: ignore[reportArgumentType] - no resource
    yield
    pulumi.runtime.set_all_config({})

"""Resources are made in a fork of the program's process, whose end or errors are told."""

import os
import sys
from collections.abc import Callable
from typing import Any, cast

import pytest
from pulumi.runtime import mocks

from runtime.local.program.beside import Beside
from runtime.local.program.effects import Effects, ResourceError
from runtime.local.program.lasting import Earlier
from runtime.local.program.loop import ProgramLoop
from runtime.local.resources.base import Handler, Properties
from runtime.local.resources.table import Table

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the program's process makes resources")


def made(create: Callable[[Properties], tuple[str, Properties]]) -> Any:
    """Return what a program gets for a resource whose handler creates it like this."""

    class Creating(Handler):
        def create(self, inputs: Properties) -> tuple[str, Properties]:
            return create(inputs)

    class One:
        def handler(self, token: str) -> Handler:
            return Creating(lambda service: None, token)

    loop = ProgramLoop()
    effects = Effects(cast(Table, One()), Earlier())
    beside = Beside(effects, loop)
    try:
        return loop.run_until_complete(beside.make(mocks.MockResourceArgs("a:b:C", "c", {"size": 2.0})))
    except ResourceError as error:
        assert effects.failure is error
        raise
    finally:
        beside.close()
        loop.close()


def test_a_resource_is_made_in_another_process() -> None:
    identity, outputs = made(lambda inputs: ("c-1", {**inputs, "process": os.getpid()}))
    assert (identity, outputs["size"]) == ("c-1", 2)
    assert outputs["process"] != os.getpid()


def test_an_error_names_the_resource() -> None:
    def create(inputs: Properties) -> tuple[str, Properties]:
        raise ValueError("no room")

    with pytest.raises(ResourceError, match="a:b:C 'c': no room"):
        made(create)


def test_the_end_of_that_process_is_an_error() -> None:
    with pytest.raises(ResourceError, match="the process that makes resources has ended"):
        made(lambda inputs: os._exit(3))

"""What is known to be deployed when the watch begins."""

import os
from pathlib import Path

import pytest

from runtime.local.reload.declared import Declared
from runtime.local.reload.watch import Start

START = Start(began=100.0, found=Declared({"level": "level-filter"}, "abc"), read=200.0)


@pytest.mark.parametrize(("changed", "digest"), [([], "abc"), ([150], ""), ([250], "abc"), ([250, 150], "")])
def test_a_file_that_changed_before_the_declarations_were_read_leaves_open_what_is_deployed(
    tmp_path: Path, changed: list[int], digest: str
) -> None:
    files = [tmp_path / f"{number}.py" for number in range(len(changed))]
    for file, seconds in zip(files, changed, strict=True):
        file.touch()
        os.utime(file, (seconds, seconds))
    assert START.deployed(["level"], files) == Declared({"level": ""}, digest)

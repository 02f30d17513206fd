"""What a function will import is known before it runs."""

import subprocess
import sys
from typing import Any

import pytest

from runtime.worker.child.fork import preload
from runtime.worker.child.fork.preload import Import


def lazily() -> Any:
    import json
    import xml.dom.minidom as dom
    from collections import OrderedDict, deque
    from email import message, policy

    def inner() -> Any:
        import colorsys

        return colorsys

    return json, dom, OrderedDict, deque, message, policy, inner


def test_imports_are_read_from_the_bytecode() -> None:
    found = [each._replace(used=()) for each in preload.imports(lazily)]
    for expected in (
        Import("json"),
        Import("xml.dom.minidom"),
        Import("collections", ("OrderedDict", "deque")),
        Import("email", ("message", "policy")),
        Import("colorsys"),
    ):
        assert expected in found


def test_modules_of_its_own_package_are_followed() -> None:
    from algorithms.builtin.median import median

    found = {each.module for each in preload.imports(median)}
    assert found > {"algorithms.builtin.plane_median", "cv2", "scipy.ndimage"}


def test_a_missing_module_is_left_to_the_job_that_needs_it() -> None:
    preload.perform([Import("no_such_module_at_all"), Import("json", ("no_such_name",)), Import("colorsys")])
    assert "colorsys" in sys.modules


@pytest.mark.parametrize("algorithm", ["gaussian", "median", "curvature_flow"])
def test_no_built_in_algorithm_imports_anything_in_its_first_job(algorithm: str) -> None:
    # In a process of its own: this one has imported much already.
    code = f"""
import sys
import numpy as np
from algorithms.image import Image
from algorithms.parameters import bind
from runtime.worker.child.fork import preload
run = preload.registered({algorithm!r}).algorithm.run
from runtime.worker.child.main import NUMERIC
preload.perform([*NUMERIC, *preload.imports(run)])
bound = bind(run, {{}})
before = set(sys.modules)
run(Image(np.zeros((3, 16, 16), np.int16)), **bound)
print(sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

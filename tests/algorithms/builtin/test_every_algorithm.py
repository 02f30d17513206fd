"""What holds for every built-in algorithm, also for the next one."""

import ast
import doctest
import inspect
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from algorithms.parameters import bind
from algorithms.registry import Registered, load_registry
from imaging import Image

BUILTINS = {each.algorithm.name: each for each in load_registry().distributions["imaging-services"]}
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SECTIONS = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]
every = pytest.mark.parametrize("registered", BUILTINS.values(), ids=BUILTINS)


def test_there_are_algorithms() -> None:
    assert {"gaussian", "median", "curvature_flow"} <= set(BUILTINS)


@every
def test_is_one_file_with_tests_of_its_own(registered: Registered) -> None:
    run = registered.algorithm.run
    assert run.__module__ == f"algorithms.builtin.{registered.entry_point}"
    tests = ast.parse((HERE / f"test_{registered.entry_point}.py").read_text())
    assert sum(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in tests.body) >= 5
    source = ast.parse((ROOT / "algorithms" / "builtin" / f"{registered.entry_point}.py").read_text())
    imported = [node.module for node in source.body if isinstance(node, ast.ImportFrom)]
    assert [name for name in imported if name and name.startswith(("algorithms", "imaging"))] == ["imaging"]


@every
def test_has_a_numpydoc_docstring_with_every_section_in_order(registered: Registered) -> None:
    found = re.findall(r"^(\w+)\n-{3,}$", registered.documentation, re.MULTILINE)
    assert found == SECTIONS
    assert re.search(r"^\.\. \[1\] \S", registered.documentation, re.MULTILINE)
    assert "[1]_" in registered.documentation


@every
def test_documents_each_parameter_with_its_unit(registered: Registered) -> None:
    section = registered.documentation.split("Returns\n---")[0]
    for name, schema in registered.schema["properties"].items():
        entry = re.search(rf"^{name} : .*\n((?:    .*\n?)+)", section, re.MULTILINE)
        assert entry, name
        assert schema["description"]
        assert schema.get("unit", "") in entry.group(1)
    assert "image : Image\n" in section


@every
def test_names_its_source(registered: Registered) -> None:
    assert len(registered.algorithm.reference) > 20
    assert registered.algorithm.summary.endswith(".")


@every
def test_its_examples_run(registered: Registered) -> None:
    run = registered.algorithm.run
    finder = doctest.DocTestFinder(recurse=False)
    (test,) = finder.find(run, run.__name__, module=sys.modules[run.__module__], globs={run.__name__: run})
    results = doctest.DocTestRunner().run(test)
    assert results.attempted >= 3
    assert results.failed == 0


@every
def test_declares_without_importing_numeric_packages(registered: Registered) -> None:
    tree = ast.parse(inspect.getsource(sys.modules[registered.algorithm.run.__module__]))
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert names <= set(sys.stdlib_module_names)
    assert registered.heavy_imports == ()


@every
@pytest.mark.parametrize("dtype", ["int16", "uint16", "float32"])
def test_keeps_grid_and_type_with_its_own_defaults(registered: Registered, dtype: str) -> None:
    pixels = np.random.default_rng(1).normal(1000, 100, (3, 12, 14)).astype(dtype)
    image = Image(pixels, (4.0, 0.7, 0.9), "MR", origin=(1.0, 2.0, 3.0), source={"StudyInstanceUID": "1.2"})
    run = registered.algorithm.run
    result = run(image, **bind(run, {}))
    assert result.pixels.shape == pixels.shape
    assert result.pixels.dtype == pixels.dtype
    assert not np.array_equal(result.pixels, pixels)
    assert (result.spacing, result.origin, result.source) == (image.spacing, image.origin, image.source)

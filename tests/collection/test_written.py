"""How every algorithm of the collection is written: its file, its docstring and what it imports."""

import ast
import doctest
import re
import sys
from pathlib import Path

import pytest

from algorithms.ports.inputs import inputs_of
from algorithms.registry import Registered
from tests.collection.declarations import COLLECTION, ENTRY_POINTS, declared

PLUGINS = declared()
PACKAGE = COLLECTION / "src/imaging_collection"
SECTIONS = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]
LIBRARIES = {"numpy", "scipy", "skimage", "SimpleITK", "cv2"}
every = pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)


def imported(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@every
def test_is_one_file_with_tests_of_its_own(plugin: Registered) -> None:
    module = plugin.algorithm.run.__module__
    assert module == ENTRY_POINTS[plugin.algorithm.name]
    path = PACKAGE.parent / f"{module.replace('.', '/')}.py"
    assert path.stem == plugin.algorithm.name
    assert len(path.read_text().splitlines()) < 150
    room = path.parent.name
    assert (Path(__file__).parent / room / f"test_{path.stem}.py").exists()


@every
def test_has_a_numpydoc_docstring_with_every_section_in_order(plugin: Registered) -> None:
    assert re.findall(r"^(\w+)\n-{3,}$", plugin.documentation, re.MULTILINE) == SECTIONS
    references = plugin.documentation.split("References\n---")[1].split("Examples\n---")[0]
    assert re.search(r"^\.\. \[1\] \S", references, re.MULTILINE)
    assert "[1]_" in plugin.documentation
    assert ":DOI:`10." in references or "dicom.nema.org" in references
    assert plugin.algorithm.summary.endswith(".")
    assert len(plugin.algorithm.reference) > 20


@every
def test_documents_each_parameter_with_its_unit(plugin: Registered) -> None:
    section = plugin.documentation.split("Returns\n---")[0]
    assert "image : Image\n" in section
    ports = {port.name: {"description": port.description} for port in inputs_of(plugin.algorithm.run)}
    for name, schema in {**plugin.schema["properties"], **ports}.items():
        entry = re.search(rf"^(?:\w+, )?{name}(?:, \w+)? : .*\n((?:    .*\n?)+)", section, re.MULTILINE)
        assert entry, name
        assert schema["description"]
        assert schema.get("unit", "") in " ".join(entry.group(1).split())


@every
def test_its_examples_run(plugin: Registered) -> None:
    function = plugin.algorithm.run
    finder = doctest.DocTestFinder(recurse=False)
    globs = {function.__name__: function}
    (test,) = finder.find(function, function.__name__, module=sys.modules[function.__module__], globs=globs)
    results = doctest.DocTestRunner().run(test)
    assert results.attempted >= 3
    assert results.failed == 0


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_imports_the_public_face_at_the_top_and_listed_libraries_inside(path: Path) -> None:
    tree = ast.parse(path.read_text())
    top = [
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    roots = {str(name).partition(".")[0] for name in top}
    assert roots <= set(sys.stdlib_module_names) | {"imaging", "imaging_collection"}
    inside = {name.partition(".")[0] for name in imported(tree)} - set(sys.stdlib_module_names)
    assert inside <= LIBRARIES | {"imaging", "imaging_collection"}


def test_it_lists_the_libraries_that_it_imports() -> None:
    requirements = (COLLECTION / "pyproject.toml").read_text()
    for name in ("imaging-services", "numpy", "scipy", "scikit-image", "SimpleITK", "opencv-python-headless"):
        assert re.search(rf'^  "{name}[">]', requirements, re.MULTILINE), name

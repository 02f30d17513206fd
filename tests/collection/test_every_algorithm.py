"""What holds for every algorithm of the collection, also for the next one."""

import ast
import doctest
import inspect
import re
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from algorithms.parameters import bind
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.registry import Registered
from imaging import Image, UnsupportedInput
from runtime.authoring.checks.further import further_inputs
from runtime.worker.child.check import checked
from runtime.worker.child.encode import write
from runtime.worker.child.ports.give import give
from runtime.worker.child.scale import display_of
from tests.collection.declarations import COLLECTION, ENTRY_POINTS, declared

PLUGINS = declared()
PACKAGE = COLLECTION / "src/imaging_collection"
SECTIONS = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]
LIBRARIES = {"numpy", "scipy", "skimage", "SimpleITK", "cv2"}
# Fewer steps than by default, where they are many and nothing here depends on them.
QUICK = {
    "n4_bias_field": {"iterations": 2},
    "register_rigid": {"iterations": 3},
    "register_deformable": {"iterations": 1, "distance": 200.0},
}
every = pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)


def run(plugin: Registered, image: Image) -> Any:
    function = plugin.algorithm.run
    further = further_inputs(function, image)
    return function(image, **further, **bind(function, QUICK.get(plugin.algorithm.name, {})))


def taken(plugin: Registered, returned: Any, source: Image, folder: Path) -> Image | None:
    """Return the image of a result that the worker takes, with nothing missing."""
    outputs = outputs_of(plugin.algorithm.run)
    if outputs is None:
        image, result, measurements = checked(returned, source)
        assert result.missing == ()
        assert image is not None or measurements
    else:
        grids = {"image": source, **further_inputs(plugin.algorithm.run, source)}
        given = give(returned, outputs, grids, ("values",), folder)
        assert given.missing == []
        measurements = given.measurements
        image = getattr(returned, "moved", None)
    assert all(np.isfinite(value) for value in measurements.values() if isinstance(value, float))
    return image


def facts(value: Any) -> Any:
    """Return what is returned, so that it can be compared: pixels as lists, of which 0.0 and -0.0 are equal."""
    if isinstance(value, Image):
        return value.pixels.tolist()
    if is_dataclass(value):
        return {each.name: facts(getattr(value, each.name)) for each in fields(value)}
    return value


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


@every
def test_a_real_image_gives_a_result_that_the_worker_takes_and_shows(
    plugin: Registered, small_brain: Image, tmp_path: Path
) -> None:
    returned = run(plugin, small_brain)
    image = taken(plugin, returned, small_brain, tmp_path / "outputs")
    if image is None:
        return
    assert image.pixels.ndim == 3
    assert image.pixels.min() < image.pixels.max()
    of_source = image.pixels.dtype == small_brain.pixels.dtype
    on_its_own = image.own_scale and (image.pixels.dtype == np.float32 or image.pixels.dtype.kind == "u")
    assert of_source or on_its_own
    window = getattr(returned, "window", None)
    products = write(
        image, display_of(image, window, small_brain), small_brain, ("preview", "values"), tmp_path / "files"
    )
    assert len(products) == len(image.pixels) + 1


@every
def test_writes_nothing_into_its_input_and_gives_the_same_again(plugin: Registered, small_brain: Image) -> None:
    kept = small_brain.pixels[:, ::2, ::2].copy()
    kept.flags.writeable = False
    locked = replace(small_brain, pixels=kept)
    one, other = facts(run(plugin, locked)), facts(run(plugin, locked))
    same = one == other  # apart: pytest would write out how long lists differ
    assert same


@every
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", ">i2", "int32", "float32", "float64"])
def test_takes_every_type_and_odd_sides(plugin: Registered, dtype: str, tmp_path: Path) -> None:
    row, column = np.mgrid[:19, :23]
    disc = 150 * ((row - 9) ** 2 + (column - 11) ** 2 < 64)
    noise = np.random.default_rng(2).normal(50, 5, (3, 19, 23))
    pixels = (disc + noise).astype(dtype)
    source = Image(pixels, (3.0, 0.7, 0.9))
    image = taken(plugin, run(plugin, source), source, tmp_path)
    if image is not None and not image.own_scale:
        assert image.pixels.dtype == np.dtype(dtype)


@every
@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 1, 9), (1, 9, 1), (4, 1, 1), (2, 5, 6)])
@pytest.mark.parametrize("value", [0, 300])
def test_a_constant_image_of_any_shape_gives_a_result_or_a_sentence(
    plugin: Registered, shape: tuple[int, ...], value: int, tmp_path: Path
) -> None:
    image = Image(np.full(shape, value, np.int16), (2.0, 1.0, 1.0))
    try:
        returned = run(plugin, image)
    except UnsupportedInput as error:
        assert str(error).endswith(".")
    else:
        taken(plugin, returned, image, tmp_path)


@every
def test_colour_is_refused_in_a_sentence(plugin: Registered) -> None:
    with pytest.raises(UnsupportedInput, match=rf"^{plugin.algorithm.name} takes .* in colour\.$"):
        run(plugin, Image(np.zeros((1, 8, 8, 3), np.uint8)))


@every
def test_truth_values_are_refused_in_a_sentence(plugin: Registered) -> None:
    with pytest.raises(UnsupportedInput, match="integer or floating-point pixels, not bool"):
        run(plugin, Image(np.zeros((1, 8, 8), bool)))


@every
def test_a_value_that_is_not_a_number_is_refused_counted_out_or_named(plugin: Registered, tmp_path: Path) -> None:
    pixels = np.random.default_rng(4).normal(100, 10, (2, 16, 16)).astype(np.float32)
    pixels[1, 3, 3] = np.nan
    try:
        returned = run(plugin, Image(pixels))
    except UnsupportedInput as error:
        assert "finite" in str(error)
        return
    if outputs_of(plugin.algorithm.run) is not None:
        taken(plugin, returned, Image(pixels), tmp_path)
        return
    image, result, _ = checked(returned, Image(pixels))
    by_plane = "by_plane" in inspect.getsource(sys.modules[plugin.algorithm.run.__module__])
    assert bool(result.missing) == by_plane
    if by_plane:
        assert result.missing[0].startswith("Plane 2 of 2 was not computed")
        assert image is not None

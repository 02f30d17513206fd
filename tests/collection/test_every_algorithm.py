"""What every algorithm of the collection does with images, also the next one."""

import inspect
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from algorithms.parameters import bind
from algorithms.ports.outputs import outputs_of
from algorithms.registry import Registered
from imaging import Image, UnsupportedInput
from runtime.authoring.checks.further import further_inputs
from runtime.worker.child.check import checked
from runtime.worker.child.files.encode import write
from runtime.worker.child.files.scale import display_of
from runtime.worker.child.ports.give import give
from tests.collection.declarations import declared

PLUGINS = declared()
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

"""`imaging try` computes without a cloud and shows what an author wants to see."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clients.cli.main import main
from runtime.local.samples import FOLDER

PLUGIN = Path(__file__).parents[3] / "runtime/authoring/tried_plugin.py"
SLICE = str(FOLDER / "05.dcm")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["try", *arguments])


def test_a_result_is_shown_saved_and_measured(tmp_path: Path) -> None:
    done = run(str(PLUGIN), SLICE, "-p", "way=prints", "--save", str(tmp_path / "out"))
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out/preview-0001.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out/values.mha").exists()
    for line in ("given      1 x 256 x 256 int16", "mean = ", "shown from 0 to 99", "proposed   Resources(vcpu=0.5, "):
        assert line in done.stdout
    assert "missing: The rest." in done.stderr


def test_a_failure_shows_the_whole_traceback() -> None:
    done = run(str(PLUGIN), SLICE, "-p", "way=raises")
    assert done.exit_code == 1
    assert "in inner" in done.stderr
    assert "The above exception was the direct cause" in done.stderr
    assert done.stderr.endswith("algorithm_failed: The algorithm raised RuntimeError: no rows of seven\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing", str(FOLDER)), "no algorithm 'nothing' is installed"),
        (("curvature_flow", SLICE), "curvature_flow takes series, not scope image."),
    ],
)
def test_what_cannot_be_tried_is_refused(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, message in done.stderr) == (3, True)


MISTAKES = """
from typing import Annotated
from imaging import Algorithm, Image, Input, Labels, Parameter, hookimpl

def changes(image: Image) -> Image:
    image.pixels = image.pixels * 2
    return image

def objects(image: Image) -> Image:
    from dataclasses import replace
    return replace(image, pixels=image.pixels.astype(object))

def asks(image: Image, within: Annotated[Labels, Input("where")], size: Annotated[int, Parameter("size")]) -> Image:
    return image
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("changes",), "  next   an Image is not changed: return image.with_values(array)"),
        (("objects",), "invalid_result: The algorithm returned pixels of type object; integers and floats"),
        (("asks",), "  next   parameters are given with -p NAME=VALUE"),
        (("asks", "-p", "size=1"), "  next   give it with --input NAME=PATH"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    file = tmp_path / f"mistakes_{arguments[0]}_{len(arguments)}.py"
    file.write_text(MISTAKES)
    done = run(f"{file}:{arguments[0]}", SLICE, *arguments[1:])
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr


PREPARED = """
import functools
from imaging import Algorithm, Image, Resources, Result, hookimpl

@functools.cache
def load_model():
    return {"bytes": bytearray(40 << 20)}

def measure(image: Image) -> Result:
    return Result(measurements={"misses": load_model.cache_info().misses, "size": len(load_model()["bytes"])})

@hookimpl
def register_algorithms():
    return Algorithm(name="measure", summary="Has a model.", run=measure, prepare=load_model)
"""


def test_what_it_loads_first_is_told_apart_and_counts_as_memory(tmp_path: Path) -> None:
    (tmp_path / "measure_first.py").write_text(PREPARED)
    done = run(str(tmp_path / "measure_first.py"), SLICE)
    assert done.exit_code == 0, done.stderr
    assert re.search(r"^prepared   \d+\.\d\d s and 4\d MiB, once, before the first job$", done.stdout, re.M)
    assert "misses = 1\n" in done.stdout
    taken = re.search(r"; (\d+) MiB$", done.stdout, re.M)
    assert taken is not None and int(taken[1]) >= 40


def test_a_model_that_cannot_be_loaded_is_told_with_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "measure_badly.py").write_text(PREPARED.replace("return {", 'return {}["model"] or {'))
    done = run(str(tmp_path / "measure_badly.py"), SLICE)
    assert done.exit_code == 3
    assert "measure cannot be prepared: load_model raised KeyError: 'model' (measure_badly.py, line 7)" in done.stderr
    assert 'return {}["model"]' in done.stderr


def test_further_inputs_are_files_and_declared_outputs_are_listed(tmp_path: Path) -> None:
    paired = str(PLUGIN.with_name("paired_plugin.py"))
    seeds = 'seeds={"points": [{"position": [1, 2, 3]}]}'
    done = run(
        paired, SLICE, "--input", f"prior={FOLDER / '06.dcm'}", "--input", seeds, "--save", str(tmp_path / "out")
    )
    assert done.exit_code == 0, done.stderr
    assert "returned   same: image, 1 x 256 x 256 int16" in done.stdout
    assert "returned   given: table, 2 row(s)" in done.stdout
    assert "number = 2 1" in done.stdout
    assert "input      prior: It does not lie on the grid of the image" in done.stderr
    assert (tmp_path / "out/given.csv").exists()
    wrong = run(paired, SLICE, "--input", "prio=x")
    assert (wrong.exit_code, "did you mean prior?" in wrong.stderr) == (3, True)

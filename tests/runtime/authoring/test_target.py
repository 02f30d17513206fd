"""An algorithm is found by its installed name, by its module and by its file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.authoring.target import TargetError, find
from tests.algorithms.conftest import GOOD, HEAD

TWO = HEAD + (
    "@hookimpl\ndef register_algorithms():\n"
    "    return [Algorithm(name=name, summary='s', run=run) for name in ('first', 'second')]\n"
)


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in {each for each in set(sys.modules) - modules if each.startswith("target_")}:
        del sys.modules[name]


def write(folder: Path, source: str, name: str = "target_one.py") -> str:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(source)
    return str(folder / name)


def test_an_installed_one_by_its_name() -> None:
    assert find("gaussian").label == "imaging-services 0.1.0"


def test_a_file_and_a_module(tmp_path: Path) -> None:
    file = write(tmp_path, HEAD + GOOD.format(name="one"))
    assert find(file).algorithm.name == "one"
    assert find("target_one:one").algorithm == find(file).algorithm


def test_a_file_in_a_package(tmp_path: Path) -> None:
    write(tmp_path, "", "target_two/__init__.py")
    file = write(tmp_path, "from . import __name__ as there\n" + HEAD + GOOD.format(name="two"), "target_two/part.py")
    assert find(file).algorithm.run.__module__ == "target_two.part"


def test_one_of_several_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, TWO)
    assert find(f"{file}:second").algorithm.name == "second"
    with pytest.raises(TargetError, match="declares first, second; name one of them after a colon"):
        find(file)


def test_a_declared_name_comes_before_a_function_of_that_name(tmp_path: Path) -> None:
    file = write(tmp_path, TWO + "\ndef second():\n    return 2\n")
    assert find(f"{file}:second").algorithm.name == "second"


def test_a_function_that_nothing_declares(tmp_path: Path) -> None:
    found = find(write(tmp_path, HEAD) + ":run").algorithm
    assert (found.name, found.scopes) == ("run", ("image", "series", "study"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gausian", r"no algorithm 'gausian' is installed; did you mean gaussian\? For one that is not, give its file"),
        ("wavelet", "no algorithm 'wavelet' is installed; installed are curvature_flow, gaussian, median"),
        ("no_such.module:run", "there is no module no_such.module"),
        ("nowhere/file.py", "there is no file"),
        ("json:dumps", "first parameter is not `image`"),
        ("json:nothing", "it implements no hook"),
    ],
)
def test_what_is_not_there_is_said(name: str, message: str) -> None:
    with pytest.raises(TargetError, match=message):
        find(name)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (HEAD.replace("-> Image", "-> float") + GOOD.format(name="one"), "def run("),
        (HEAD + GOOD.format(name="one").replace("summary=", "sumary="), "sumary="),
    ],
)
def test_a_broken_declaration_is_told_with_file_and_line(tmp_path: Path, source: str, line: str) -> None:
    file = write(tmp_path, source)
    number = 1 + [line in each for each in source.splitlines()].index(True)
    with pytest.raises(TargetError) as caught:
        find(file)
    assert str(caught.value).endswith(f"\n  at     {file}:{number}")


def test_a_file_that_fails_shows_its_own_lines(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="importing target_one failed: ZeroDivisionError") as caught:
        find(write(tmp_path, "\n\nvalue = 1 / 0\n"))
    assert 'target_one.py", line 3' in caught.value.trace
    assert "importlib" not in caught.value.trace


def test_a_file_named_as_another_module_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="json is the name of another module; rename the file"):
        find(write(tmp_path, HEAD, "json.py"))

"""Where an error of a plugin's author is."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from algorithms.plugin import load_plugin

HEAD = "from imaging import Algorithm, Image, hookimpl\n\ndef f(image: Image) -> Image:\n    return image\n\n"
HOOK = "@hookimpl\ndef register_algorithms():\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\ndef f(:\n", 2),
        ("x = 1\nimport no_such_package\n", 2),
        (f"{HEAD}{HOOK}    return 1 / 0\n", 8),
        (f'{HEAD}{HOOK}    return Algorithm("place", "", f)\n', 3),
        (f'{HEAD}{HOOK}    return [Algorithm("place", "A.", f, scopes=("page",))]\n', 3),
        ("from imaging import Output\nx = Output('a map', window=(1, 0))\n", 2),
        ("x = 1\n", 1),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int) -> None:
    name = f"place_{abs(hash(text))}"
    (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    _, faults = load_plugin(EntryPoint("place", name, "imaging.algorithms"))
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert [fault.place for fault in faults] == [f"{tmp_path / name}.py:{line}"]

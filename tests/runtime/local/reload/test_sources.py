"""Which files are code of an editable distribution."""

import json
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from algorithms import builtin
from runtime.local.reload.sources import Sources, changed, editable


def distribution(folder: Path, name: str, origin: object) -> Distribution:
    """Return installed metadata with what pip records of where a distribution comes from."""
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    if origin is not None:
        (metadata / "direct_url.json").write_text(json.dumps(origin))
    return PathDistribution(metadata)


def test_editable_distributions_are_watched_and_no_others(tmp_path: Path) -> None:
    project, flat = tmp_path / "with src", tmp_path / "flat"
    (project / "src").mkdir(parents=True)
    flat.mkdir()
    installed = [
        distribution(tmp_path, "b-flat", {"url": flat.as_uri(), "dir_info": {"editable": True}}),
        distribution(tmp_path, "a-src", {"url": project.as_uri(), "dir_info": {"editable": True}}),
        distribution(tmp_path, "copied", {"url": flat.as_uri(), "dir_info": {}}),
        distribution(tmp_path, "from-git", {"url": "https://example.org/x", "vcs_info": {"vcs": "git"}}),
        distribution(tmp_path, "from-index", None),
    ]
    assert editable(installed) == [Sources("a-src", project / "src"), Sources("b-flat", flat)]


def test_of_the_platform_the_built_in_algorithms_are_watched() -> None:
    own = [each for each in editable() if each.distribution == "imaging-services"]
    assert [each.folder for each in own] == [Path(builtin.__file__).resolve().parent]


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("blur.py", True),
        ("package/kernel.py", True),
        ("package/model.npz", True),
        ("notes.txt", False),
        ("out/result.png", False),
        ("package/.blur.py.swp", False),
        ("package/blur.py~", False),
        ("package/__pycache__/blur.pyc", False),
        (".venv/lib/blur.py", False),
        ("tests/test_blur.py", False),
        ("blur.egg-info/x.py", False),
    ],
)
def test_modules_and_data_in_packages_are_code(tmp_path: Path, file: str, counts: bool) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package/__init__.py").touch()
    sources = [Sources("blur", tmp_path), Sources("other", tmp_path / "elsewhere")]
    assert changed([tmp_path / file], sources) == ({"blur": [tmp_path / file]} if counts else {})

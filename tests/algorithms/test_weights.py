"""Weights are found in an installed package and compared with their checksum, offline."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from algorithms.errors import WeightsError
from imaging import Weights

CONTENT = b"0.5 0.25"


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    package = tmp_path / "weighty_model"
    (package / "sizes").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "sizes/small.txt").write_bytes(CONTENT)
    (tmp_path / "weighty_module.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    digest = hashlib.sha256(CONTENT).hexdigest()
    return Weights("weighty_model", "sizes/small.txt", sha256=digest, licence="CC0-1.0", source="made by hand")


def test_the_declared_file_is_found_and_read(weights: Weights) -> None:
    weights.check()
    assert weights.path().name == "small.txt"
    assert weights.read() == CONTENT


def test_another_file_is_told_by_its_checksum(weights: Weights) -> None:
    weights.path().write_bytes(b"0.5 0.75")
    with pytest.raises(WeightsError, match=r"^weights sizes/small.txt of weighty_model: the file's SHA-256 is "):
        weights.check()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"package": "no_such_model"}, "there is no package no_such_model; add its distribution to dependencies"),
        ({"package": "no.such.model"}, "there is no package no.such.model"),
        ({"package": "weighty_module"}, "weighty_module is a module, which holds no files; make it a package"),
        ({"file": "large.txt"}, "weighty_model/large.txt; let the distribution's wheel include it"),
    ],
)
def test_what_is_missing_is_named(weights: Weights, changes: dict[str, str], message: str) -> None:
    with pytest.raises(WeightsError) as caught:
        replace(weights, **changes).check()
    assert message in str(caught.value)

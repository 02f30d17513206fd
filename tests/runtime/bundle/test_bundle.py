"""The zip: the same bytes from the same sources, pure Python, and quick to import."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from algorithms.declaration import Algorithm
from algorithms.parameters import parameters_schema
from algorithms.registered import Registered, Registry
from algorithms.registry import load_registry
from imaging import Image
from runtime.bundle import build
from runtime.bundle.content import TooLargeError
from runtime.bundle.scalars import UnsupportedSchemaError
from runtime.contracts.routes import ROUTES

BARE = "import boto3; boto3.client('sqs')"


def plain(image: Image) -> Image:
    """Return the image."""
    return image


def registry(*names: str, schema: dict[str, Any] | None = None) -> Registry:
    schema = parameters_schema(plain) if schema is None else schema
    return Registry(Registered(Algorithm(name, "Any.", plain), "any", "1.0", name, schema, "Docs.") for name in names)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of this installation, unpacked as by Lambda."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(build(load_registry(), folder)) as bundle:
        bundle.extractall(folder / "code")
    return folder / "code"


def modules(code: str, folder: Path) -> set[str]:
    """Return the modules of a new interpreter after `code`, without the checkout on its path."""
    variables = {
        **os.environ,
        "AWS_DEFAULT_REGION": "eu-south-1",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
    }
    command = f"import sys; sys.path.insert(0, {str(folder)!r}); {code}; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-P", "-B", "-c", command],
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    first = build(registry("b", "a-c"), tmp_path / "one")
    second = build(registry("a-c", "b"), tmp_path / "two")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    assert first.name.startswith("handlers-")
    # Another process has other hash seeds and another clock.
    code = (
        "import sys; from pathlib import Path; from algorithms.registry import load_registry;"
        "from runtime.bundle import build; print(build(load_registry(), Path(sys.argv[1])).name)"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(names) == 1


def test_another_algorithm_gives_another_zip(tmp_path: Path) -> None:
    assert build(registry("a"), tmp_path).name != build(registry("a", "b"), tmp_path).name


def test_the_zip_is_pure_python(tmp_path: Path) -> None:
    with zipfile.ZipFile(build(registry("a"), tmp_path)) as bundle:
        entries = bundle.infolist()
    assert {Path(entry.filename).suffix for entry in entries} == {".html", ".json", ".py", ".toml"}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0o100644)}
    assert not [entry.filename for entry in entries if "models" in entry.filename or "/openapi.py" in entry.filename]


def test_names_that_differ_by_a_hyphen_stay_apart(tmp_path: Path) -> None:
    with zipfile.ZipFile(build(registry("a-b", "a_b"), tmp_path)) as bundle:
        assert len([name for name in bundle.namelist() if "/generated/algorithm_" in name]) == 2


def test_an_algorithm_that_cannot_be_checked_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedSchemaError, match=r"algorithm 'odd': .*format"):
        build(registry("odd", schema={"type": "string", "format": "date"}), tmp_path)


def test_the_router_imports_nothing_but_its_own_beside_boto3(unpacked: Path) -> None:
    added = modules("import runtime.handlers.router", unpacked) - modules(BARE, unpacked)
    assert {name for name in added if not name.startswith("runtime")} == set()
    assert "runtime.handlers.router" in added
    assert not [name for name in added if "generated" in name]


@pytest.mark.parametrize("handler", sorted({route.handler for route in ROUTES} | {"dead_letters"}))
def test_every_handler_imports_without_compiled_or_numeric_packages(unpacked: Path, handler: str) -> None:
    code = f"import runtime.handlers.{handler} as handler; handler.handler"
    # only the scaler needs what algorithms declare of their services
    for module in sorted(
        {path.stem for path in (unpacked / "runtime/handlers/generated").glob("*.py")} - {"resources"}
    ):
        code += f"; import runtime.handlers.generated.{module}"
    heavy = {"pydantic", "pydantic_core", "numpy", "jsonschema", "algorithms", "pluggy"}
    assert modules(code, unpacked) & heavy == set()


def test_the_scaler_takes_no_more_of_the_algorithms_than_the_bundle_has(unpacked: Path) -> None:
    added = modules("import runtime.handlers.scaler, runtime.handlers.generated.resources", unpacked)
    known = {"algorithms", "algorithms.declaration", "algorithms.scaling"}
    assert {name for name in added if name.partition(".")[0] == "algorithms"} == known


def test_a_catalogue_that_is_too_long_to_be_answered_is_refused(tmp_path: Path) -> None:
    wordy = Registered(Algorithm("wordy", "Any.", plain), "any", "1.0", "wordy", parameters_schema(plain), "é" * 10**6)
    with pytest.raises(TooLargeError, match=r"GET /algorithms would answer 60\d{5} bytes.* at most 6000000"):
        build(Registry([wordy]), tmp_path)

"""`imaging algorithms` says of each algorithm what it takes and what it returns."""

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import pytest
from click.testing import CliRunner

from algorithms import registry
from algorithms.checks.declaration import check_declaration
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.registered import Registered, Registry
from clients.cli.main import main
from imaging import Algorithm, Image, Input, Labels, Output, Quantity


@dataclass(frozen=True)
class Found:
    tissue: Annotated[Labels, Output("classes", names=MappingProxyType({1: "CSF", 2: "grey matter"}))]
    volume: Annotated[Quantity | None, Output("volume of CSF", unit="ml")]


def segment(image: Image, priors: Annotated[list[Image], Input("earlier scans", scopes=("series",))]) -> Found: ...  # pyright: ignore[reportReturnType]


@pytest.fixture(autouse=True)
def one_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    algorithm = Algorithm("segment", "Finds tissue.", segment)
    ports = {"inputs": inputs_of(segment), "outputs": outputs_of(segment)}
    registered = Registered(algorithm, "mine", "1.0", "segment", check_declaration(algorithm), "", **ports)  # pyright: ignore[reportArgumentType]
    monkeypatch.setattr(registry, "load_registry", lambda: Registry([registered]))


def test_inputs_and_outputs_are_listed() -> None:
    said = CliRunner().invoke(main, ["algorithms"]).stdout
    assert "  --input priors: list of image, series, required. earlier scans\n" in said
    assert "  returns tissue: labels, CSF | grey matter. classes\n" in said
    assert "  returns volume: quantity, ml, may be left out. volume of CSF\n" in said


def test_json_has_them_too() -> None:
    (entry,) = json.loads(CliRunner().invoke(main, ["algorithms", "--json"]).stdout)
    assert [each["name"] for each in entry["inputs"]] == ["priors"]
    assert [each["type"] for each in entry["outputs"]] == ["labels", "quantity"]

"""Translations are of texts that the algorithm has."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

import pytest

from algorithms.checks.declaration import check_declaration
from algorithms.errors import DeclarationError
from imaging import Algorithm, Image, Input, Labels, Output, Quantity, Translation


@dataclass(frozen=True)
class Tissue:
    tissue: Annotated[Labels, Output("tissue classes", names={1: "bone", 2: "fat"})]
    volume: Annotated[Quantity, Output("volume of fat", unit="ml")]


def segment(
    image: Image,
    prior: Annotated[Image | None, Input("an earlier scan")] = None,
    smoothness: float = 0.2,
    edge: Literal["soft", "hard"] | None = None,
) -> Tissue:
    raise NotImplementedError


SEGMENT = Algorithm("segment", "Finds tissue.", segment)
ITALIAN = Translation(
    summary="Trova i tessuti.",
    names={"smoothness": "Morbidezza", "prior": "Esame precedente", "volume": "Volume"},
    descriptions={"prior": "un esame precedente"},
    labels={"tissue": {1: "osso"}},
    choices={"edge": {"soft": "morbido"}},
    units={"volume": "ml"},
)


def test_texts_of_what_is_declared_are_accepted() -> None:
    check_declaration(replace(SEGMENT, translations={"it": ITALIAN, "pt-BR": Translation(summary="Acha tecidos.")}))
    assert hash(replace(SEGMENT, translations={"it": ITALIAN})) == hash(SEGMENT)


@pytest.mark.parametrize(
    ("translations", "reason"),
    [
        (None, "algorithm 'segment': translations is None; give a mapping such as {'it': Translation(...)}"),
        ({"Italian": ITALIAN}, "translations has 'Italian', which is no language; write it, de or pt-BR"),
        ({"it": {"summary": "Trova."}}, "translations has {'summary': 'Trova.'} for 'it'; give a Translation"),
        ({"it": Translation(names={"smothness": "x"})}, "translation 'it': names names 'smothness', which is no"),
        ({"it": Translation(names={"smothness": "x"})}, "of the function; did you mean smoothness?"),
        ({"it": Translation(descriptions={"zzz": "x"})}, "there are smoothness, edge, prior, tissue, volume"),
        ({"it": Translation(names={"prior": " "})}, "names has ' ' for 'prior', not a text"),
        ({"it": replace(ITALIAN, names="prior")}, "names is 'prior', not a mapping from names to texts"),
        ({"it": replace(ITALIAN, summary=None)}, "summary is None, not a text"),
        ({"it": Translation(labels={"volume": {1: "x"}})}, "labels names 'volume', which is no output with labels"),
        ({"it": Translation(choices={"smoothness": {}})}, "choices names 'smoothness', which is no parameter with"),
        ({"it": Translation(choices={"edge": {"sof": "x"}})}, "which is no choice of the function; did you mean soft?"),
        ({"it": Translation(units={"edge": "x"})}, "units names 'edge', which is no parameter or output with a unit"),
        ({"it": Translation(labels={"tissue": {3: "x"}})}, "labels of tissue names 3, which is no label"),
    ],
)
def test_anything_else_is_refused(translations: Any, reason: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(replace(SEGMENT, translations=translations))
    assert reason in str(caught.value)

"""`-p name=value` texts become the JSON values that the schema asks for."""

import click
import pytest

from clients.cli.jobs.values import parse

SCHEMA = {
    "properties": {
        "sigma": {"type": "number"},
        "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "mode": {"enum": ["nearest", "1"]},
        "label": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "flag": {"type": "boolean"},
        "weights": {"type": "array", "items": {"type": "number"}},
    }
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sigma=2", 2),
        ("sigma=1e-3", 0.001),
        ("sigma=wide", "wide"),
        ("size=3", 3),
        ("size=null", None),
        ("mode=1", "1"),
        ("mode=nearest", "nearest"),
        ("label=a=b", "a=b"),
        ("label=", ""),
        ("label=null", None),
        ("flag=true", True),
        ("weights=[1, 2]", [1, 2]),
        ("unknown=7", 7),
        ("sigma=NaN", "NaN"),
        ("sigma=1e999", "1e999"),
        ("weights=[1, -Infinity]", "[1, -Infinity]"),
    ],
)
def test_values_follow_the_schema(text: str, value: object) -> None:
    assert parse([text], SCHEMA) == {text.partition("=")[0]: value}


def test_a_list_without_brackets_is_told_how_to_write_it() -> None:
    with pytest.raises(click.BadParameter, match=r"weights is a list; write -p 'weights=\[1,2\]'"):
        parse(["weights=1,2"], SCHEMA)


@pytest.mark.parametrize("texts", [["sigma"], ["sigma=1", "sigma=2"]])
def test_what_is_no_assignment_or_repeats_one_is_wrong_usage(texts: list[str]) -> None:
    with pytest.raises(click.BadParameter):
        parse(texts, SCHEMA)

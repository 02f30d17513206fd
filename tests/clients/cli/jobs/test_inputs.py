"""`--input name=value` names what the API takes."""

import json
from pathlib import Path
from typing import Any

import click
import pytest

from clients.cli.jobs import inputs

KNOWN = [{"name": "prior", "many": False}, {"name": "phases", "many": True}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2/3.4", {"study_id": "1.2", "series_id": "3.4"}),
        ("1.2/3.4/5", {"study_id": "1.2", "series_id": "3.4", "image_id": "5"}),
        ("job:" + "a" * 32 + "/tissue", {"job_id": "a" * 32, "output": "tissue"}),
        ('{"points": []}', {"points": []}),
    ],
)
def test_a_value_is_read(text: str, value: Any) -> None:
    assert inputs.parse([f"prior={text}"], KNOWN) == {"prior": value}


def test_a_list_is_given_by_repeating_it(tmp_path: Path) -> None:
    file = tmp_path / "clicks.json"
    file.write_text(json.dumps({"points": [{"position": [1, 2, 3]}]}))
    given = inputs.parse(["phases=1/2", "phases=1/3", f"seeds=@{file}"], KNOWN)
    assert [each["series_id"] for each in given["phases"]] == ["2", "3"]
    assert given["seeds"]["points"][0]["position"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["prior"], "is not name=value"),
        (["prior=1", "prior=2"], "prior is given twice"),
        (["prior=1/2/3/4"], "is not STUDY/SERIES/IMAGE"),
        (["prior=" + "a" * 32 + ":tissue"], "an output of an earlier job is job:JOB_ID/OUTPUT"),
        (["prior=[[1,2,3]]"], "points or boxes are JSON"),
        (["prior=job:7"], "is not job:JOB_ID/OUTPUT"),
        (["prior={"], "cannot be read as JSON"),
        (["prior=@/nowhere.json"], "cannot be read as JSON"),
    ],
)
def test_what_is_no_input_is_wrong_usage(texts: list[str], said: str) -> None:
    with pytest.raises(click.BadParameter, match=said):
        inputs.parse(texts, KNOWN)


def test_the_inputs_of_a_result_are_sent_again_as_a_request_names_them() -> None:
    entry = {"inputs": [{"name": "prior", "many": False}, {"name": "series", "many": True}]}
    used = {"prior": [{"study_id": "1"}], "series": [{"study_id": "2"}]}
    assert inputs.again(used, entry) == {"prior": {"study_id": "1"}, "series": [{"study_id": "2"}]}

"""The numbers that the page's planes are compared with are what SimpleITK computes."""

import json
from pathlib import Path

import pytest

from clients.web.scripts import reslice_fixture

FIXTURE = Path(reslice_fixture.__file__).parents[1] / "src" / "imaging" / "volume" / "reslice.fixture.json"


def test_the_fixture_is_what_simpleitk_computes():
    kept, now = json.loads(FIXTURE.read_text()), reslice_fixture.fixture()
    assert kept["values"] == now["values"]
    for old, new in zip(kept["planes"], now["planes"], strict=True):
        assert [value is None for value in old["values"]] == [value is None for value in new["values"]]
        known = [value for value in new["values"] if value is not None]
        assert [value for value in old["values"] if value is not None] == pytest.approx(known, abs=0.02)

"""How the command says when a job is expected to start and to end."""

from typing import Any

import pytest

from clients.cli.jobs.estimates import text

NOW = 1_000.0


def span(earliest: float, latest: float | None) -> dict[str, Any]:
    return {"earliest": (NOW + earliest) * 1000, "latest": None if latest is None else (NOW + latest) * 1000}


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (
            {"place": {"least": 3, "most": 12}, "start": span(0, 50), "end": span(10, 180)},
            "place 3 to 12, starts in 0 s to 50 s, ends in 10 s to 3 min",
        ),
        (
            {"place": {"least": 1, "most": 1}, "start": span(5, None), "end": span(65, None)},
            "place 1, starts in 5 s or later, ends in 65 s or later",
        ),
        ({"place": None, "start": None, "end": span(-1, 7200)}, "ends in 0 s to 2 h"),
        (None, ""),
    ],
)
def test_an_estimate_is_one_line(estimate: dict[str, Any] | None, said: str) -> None:
    assert text({"estimate": estimate}, NOW) == said


def test_an_earlier_release_tells_nothing() -> None:
    assert text({}, NOW) == ""

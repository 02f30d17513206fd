"""Lists of series, times, and the refusal of parameters."""

import io

import click
import pytest

from clients.cli import many, since, values
from clients.cli.client import ApiError

CONTEXT, OPTION = click.Context(click.Command("jobs")), click.Option(["--since"])


def test_series_are_read_from_lines() -> None:
    text = "# study series\n1.2 1.2.3\n\n1.4,1.4.5  # late\n1.6\t1.6.7\n"
    assert [(each["study_id"], each["series_id"]) for each in many.series_in(io.StringIO(text))] == [
        ("1.2", "1.2.3"),
        ("1.4", "1.4.5"),
        ("1.6", "1.6.7"),
    ]


@pytest.mark.parametrize(("text", "words"), [("1\n1 2\n1 2 3\n", "line 1, 3 is not"), ("# none\n", "no series")])
def test_other_lines_are_named(text: str, words: str) -> None:
    with pytest.raises(click.BadParameter, match=words):
        many.series_in(io.StringIO(text))


def test_times_are_read_as_durations_or_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(since.time, "time", lambda: 10_000_000.0)
    assert since.check(CONTEXT, OPTION, "2h") == (10_000_000 - 7200) * 1000
    assert since.check(CONTEXT, OPTION, "1970-01-02T00:00+00:00") == 86_400_000
    with pytest.raises(click.BadParameter, match="neither a time"):
        since.check(CONTEXT, OPTION, "yesterday")


def test_a_misspelt_parameter_is_told_once_with_what_was_meant() -> None:
    faults = [{"pointer": "/parameters/sigm", "detail": "is not known here"}]
    problem = {"title": "The request does not fit", "detail": "/parameters/sigm is not known here.", "errors": faults}
    with pytest.raises(ApiError) as refused, values.meant({"properties": {"sigma": {}, "planes": {}}}):
        raise ApiError(problem)
    assert str(refused.value) == "The request does not fit\n  /parameters/sigm: is not known here; did you mean sigma?"

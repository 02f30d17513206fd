import math
from collections.abc import Iterator

import pytest

from algorithms.progress import report_progress, set_reporter


@pytest.fixture
def reports() -> Iterator[list[float]]:
    seen: list[float] = []
    set_reporter(seen.append)
    yield seen
    set_reporter(None)


def test_reports_reach_the_listener_as_fractions(reports: list[float]) -> None:
    for fraction in (0, 0.25, 1, 1.5, -1, math.inf):
        report_progress(fraction)
    assert reports == [0.0, 0.25, 1.0, 1.0, 0.0, 1.0]
    assert all(type(report) is float for report in reports)


def test_not_a_number_is_an_error(reports: list[float]) -> None:
    with pytest.raises(ValueError, match="NaN"):
        report_progress(math.nan)
    assert reports == []


def test_without_a_listener_nothing_happens(reports: list[float]) -> None:
    set_reporter(None)
    report_progress(0.5)
    assert reports == []

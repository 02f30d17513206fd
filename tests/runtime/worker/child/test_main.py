"""What the child says of an error is one line, short, and without the machine's paths."""

import pytest

from runtime.worker.child.main import one_line
from runtime.worker.steps.give_back import LONGEST_SECONDS, pause


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("  first line \nsecond", "first line"),
        ("cannot open /srv/data/patient-7/a.dcm", "cannot open (path)"),
        ("no file '/tmp/x/y' or /opt/", "no file '(path)' or (path)"),
        ("ratio 3/4 of a/b/c", "ratio 3/4 of a/b/c"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_one_line(text: str, said: str) -> None:
    assert one_line(text) == said


def test_the_pause_doubles_spreads_and_ends() -> None:
    for count, ceiling in ((1, 2), (2, 4), (5, 32), (9, LONGEST_SECONDS), (1000, LONGEST_SECONDS)):
        pauses = [pause(count) for _ in range(200)]
        assert ceiling / 2 <= min(pauses) < max(pauses) <= ceiling
        assert max(pauses) > ceiling * 0.8

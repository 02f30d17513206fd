"""What the child says of an error is one line, short, and without the machine's paths."""

import pytest

from runtime.worker.child.failures import one_line


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

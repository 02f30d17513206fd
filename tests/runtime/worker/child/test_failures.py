"""What the child says of an error is one line, short, and without the machine's paths."""

import pytest

from runtime.worker.child.failures import failure_of, one_line
from runtime.worker.child.messages import Failed


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


class SpeechlessError(Exception):
    """An error of which no text can be made."""

    def __str__(self) -> str:
        raise ValueError("no text")


class EndingError(Exception):
    """An error that ends the process if it is asked for its text."""

    def __str__(self) -> str:
        raise SystemExit(3)


class LongError(Exception):
    """An error whose text has no room."""

    def __str__(self) -> str:
        class Text(str):
            __slots__ = ()

            def encode(self, *_: object, **__: object) -> bytes:
                raise MemoryError

        return Text("long")


@pytest.mark.parametrize("kind", [SpeechlessError, EndingError, LongError])
def test_an_error_that_cannot_be_told_is_named(kind: type[Exception]) -> None:
    said = failure_of(kind())
    assert isinstance(said, Failed)
    assert (said.code, said.message) == ("algorithm_failed", f"The algorithm raised {kind.__name__}")

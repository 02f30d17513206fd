"""One guard around all that reads a file's bytes: whatever a library raises there is the input's fault."""

from collections.abc import Generator
from contextlib import contextmanager

from runtime.errors import PermanentError


@contextmanager
def reading(what: str) -> Generator[None]:
    """Turn any exception into PermanentError (`input_unreadable`); `what` is the subject of its sentence."""
    try:
        yield
    except (PermanentError, MemoryError):
        raise
    except Exception as error:  # on arbitrary bytes, parsers and codecs may raise anything
        raise unreadable(f"{what} cannot be read: the file is damaged.") from error


def unreadable(sentence: str) -> PermanentError:
    """Return the error of an input that is damaged or contradicts itself."""
    return PermanentError("input_unreadable", sentence)


def unsupported(sentence: str) -> PermanentError:
    """Return the error of an input that may be valid but is not supported."""
    return PermanentError("input_unsupported", sentence)

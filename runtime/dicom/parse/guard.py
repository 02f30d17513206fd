"""One guard around all that reads a file's bytes: whatever a library raises there is the input's fault."""

import traceback
from collections.abc import Generator
from contextlib import contextmanager

from pydicom.datadict import keyword_for_tag

from runtime.errors import PermanentError


@contextmanager
def reading(what: str) -> Generator[None]:
    """Turn any exception into PermanentError (`input_unreadable`); `what` is the subject of its sentence."""
    try:
        yield
    except (PermanentError, MemoryError):
        raise
    except Exception as error:  # on arbitrary bytes, parsers and codecs may raise anything
        raise unreadable(f"{what} cannot be read: {_element_of(error) or 'the file'} is damaged.") from error


def unreadable(sentence: str) -> PermanentError:
    """Return the error of an input that is damaged or contradicts itself."""
    return PermanentError("input_unreadable", sentence)


def unsupported(sentence: str, kind: str = "") -> PermanentError:
    """Return the error of an input that may be valid but is not supported."""
    return PermanentError("input_unsupported", sentence, kind)


def named(tag: int) -> str:
    """Return an element's name for a person."""
    return f"{keyword_for_tag(tag)} ({tag >> 16:04X},{tag & 0xFFFF:04X})".strip()


def _element_of(error: BaseException) -> str | None:
    """Return the name of the element at whose conversion an exception was raised, the innermost one; None if at none.

    pydicom converts elements when they are asked for, and tells of few errors which element they are in.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    converting = [each for each in frames[:-1] if each.f_code.co_qualname == "Dataset.__getitem__"]
    tags = [each.f_locals.get("tag") for each in converting]
    return next((named(tag) for tag in reversed(tags) if isinstance(tag, int)), None)

"""What a job's computation says of an error: a code, and a sentence without the machine's paths."""

import os
import re
import traceback

from algorithms.errors import InvalidParameters, UnsupportedInput
from runtime.errors import NO_ROOM, PermanentError
from runtime.worker.child.messages import LONGEST_MESSAGE, LONGEST_TRACE, Failed, NoRoom

PATH = re.compile(r"(?<![\w.])/(?:[\w.+-]+/)+[\w.+-]*")
ALLOCATION = re.compile(r"bad.?alloc|(failed|unable) to allocate|insufficient memory|out of memory", re.IGNORECASE)


def failure_of(error: BaseException) -> Failed | NoRoom:
    """Return what the client learns of an error, and for the log the traceback of the algorithm's own."""
    try:
        return _failure_of(error)
    except BaseException:  # whatever the algorithm's own class of errors does when it is asked what it says
        return Failed("algorithm_failed", f"The algorithm raised {encodable(type(error).__name__)[:LONGEST_MESSAGE]}")


def _failure_of(error: BaseException) -> Failed | NoRoom:
    if isinstance(error, PermanentError):
        return Failed(error.code, error.message[: 2 * LONGEST_MESSAGE])
    if isinstance(error, UnsupportedInput):
        return Failed("input_unsupported", one_line(text_of(error)) or "The algorithm cannot take this input.")
    if isinstance(error, InvalidParameters):
        return Failed("invalid_parameters", f"The parameters do not fit: {text_of(error)}."[:LONGEST_MESSAGE])
    if is_memory(error):
        return Failed("out_of_memory", "The algorithm needed more memory than it declares.")
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return NoRoom(f"{os.strerror(error.errno)} while the job was computed")
    reason = one_line(text_of(error))
    trace = encodable("".join(traceback.format_exception(error, chain=False)))[-LONGEST_TRACE:]
    return Failed("algorithm_failed", f"The algorithm raised {type(error).__name__}{reason and ': ' + reason}", trace)


def is_memory(error: BaseException) -> bool:
    """Return whether an error says that memory ran out."""
    # SimpleITK and OpenCV report a failed allocation as an error of their own.
    return isinstance(error, MemoryError) or bool(ALLOCATION.search(text_of(error)))


def text_of(error: BaseException) -> str:
    """Return what an error says; nothing if that raises another one."""
    try:
        return str(error)
    except BaseException:
        return ""


def one_line(text: str) -> str:
    """Return the first line of an error's text, without the machine's paths and not too long."""
    first = next(iter(encodable(text).strip().splitlines()), "")
    return PATH.sub("(path)", first.strip())[:LONGEST_MESSAGE]


def encodable(text: str) -> str:
    """Return a text that UTF-8 can hold: names of files may have bytes that are no characters."""
    return text.encode(errors="replace").decode()

"""The errors of everything that handles jobs: permanent (answer the client now) and transient (try again)."""

import errno
from typing import Final, Self

from runtime.contracts.codes import CODES

# What the system reports of a disk that takes no more data.
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class ImagingError(Exception):
    """The root of these errors."""


class PermanentError(ImagingError):
    """An error that the same job would meet again: its client gets a stable code and a sentence to act on at once."""

    def __init__(self, code: str, message: str, kind: str = "") -> None:
        """`kind` tells the reasons of one code apart, as a word; empty if nothing asks for it."""
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.kind = kind

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str]]:
        """Let the error pass from a decoding process to the one that answers."""
        return type(self), (self.code, self.message, self.kind)

    @property
    def retryable(self) -> bool:
        """Whether the client may send the same job again later."""
        return CODES[self.code].retryable


class TransientError(ImagingError):
    """A failure of something around the job: the job is tried again after a pause."""

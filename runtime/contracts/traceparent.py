"""W3C Trace Context (https://www.w3.org/TR/trace-context/): which trace a job belongs to, and the ids of its spans.

Every span of a job has an id that follows from the job's own, so that whoever exports it, and however often, gives it
the same one. Without a caller's trace the trace's id is the job's: the log lines' `job_id` finds it.

Plain Python: the Lambda bundle carries this file.
"""

import hashlib
import re
from typing import Final, NamedTuple

_FORM: Final = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.DOTALL)
_SAMPLED: Final = 1


class Context(NamedTuple):
    """A span to which others belong: its trace, its own id, and whether the trace is recorded."""

    trace_id: str
    span_id: str
    sampled: bool

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{int(self.sampled):02x}"


def parse(text: str | None) -> Context | None:
    """Return the context that a `traceparent` names, None if it names none.

    A value that cannot be read is as good as none, never an error: section 3.2.2.3 of the recommendation. A later
    version is read as far as its beginning has the known form.
    """
    match = _FORM.fullmatch(text or "")
    if match is None:
        return None
    version, trace_id, span_id, flags, further = match.groups()
    if version == "ff" or (version == "00" and further) or not (int(trace_id, 16) and int(span_id, 16)):
        return None
    return Context(trace_id, span_id, bool(int(flags, 16) & _SAMPLED))


def alone(identifier: str, *, sampled: bool) -> Context:
    """Return the context of what has no caller's trace: the id of a job or of a batch is the trace's."""
    return Context(identifier.removeprefix("b-"), span_id(identifier), sampled)


def span_id(identifier: str, part: str = "") -> str:
    """Return the id of the span of a job or a batch, or of a part of it."""
    # An id of zeros alone would not be valid; of what is random or a digest the chance is 1 in 2^64.
    digits = identifier.removeprefix("b-")
    return hashlib.sha256(f"{digits}/{part}".encode()).hexdigest()[:16] if part else digits[:16]


def own(identifier: str, parent: Context) -> Context:
    """Return the context of the span of a job or a batch, which is `parent` itself if it has no caller's trace."""
    return Context(parent.trace_id, span_id(identifier), parent.sampled)

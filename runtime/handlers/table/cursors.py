"""Cursors of long answers: the place of the last job that was listed, by its time and its id."""

import base64
import binascii
import json
from typing import Any

from runtime.contracts import keys
from runtime.handlers.table import store


def encode(entry: store.Item) -> str:
    """Return the cursor after an entry of an index of jobs."""
    place = [entry["t_accepted"], keys.job_id(entry["pk"])]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[int, str] | None:
    """Return when the job before a page was accepted, in ms, and its id; None if the text is no cursor."""
    try:
        place: Any = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        accepted, job_id = place
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    if type(accepted) is not int or not 0 <= accepted < 10**15:
        return None
    return (accepted, job_id) if isinstance(job_id, str) and keys.JOB_ID.fullmatch(job_id) else None

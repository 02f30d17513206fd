"""Turns the lines that workers and the PACS API log into text for a person."""

import json
from datetime import datetime
from typing import Any, Final

# Fields that the text has in another form, or that are for CloudWatch alone.
LEFT_OUT: Final = frozenset({"time", "event", "_aws", "Algorithm", "Jobs", "Failures", "Milliseconds", "trace", "text"})
LATEST: Final = 1e11  # seconds since the epoch


def parse(text: str) -> dict[str, Any]:
    """Return the fields of a logged line; what has no time and event, such as a plugin's own print, is its `text`."""
    fields: Any = None
    try:
        fields = json.loads(text)
        logged = isinstance(fields["event"], str) and 0 <= fields["time"] < LATEST
    except (ValueError, KeyError, TypeError, RecursionError):
        logged = False
    return fields if logged else {"text": text}


def readable(fields: dict[str, Any], service: str) -> str:
    """Return a line with its time and service; a traceback or an algorithm's own output follows, indented."""
    clock = datetime.fromtimestamp(fields["time"]).strftime("%H:%M:%S") if "time" in fields else " " * 8
    if fields.get("event") == "job_ended":
        words = _ended(fields)
    else:
        words = [str(fields.get("event", ""))]
        words += [f"{name}={_value(value)}" for name, value in fields.items() if name not in LEFT_OUT]
    own = str(fields.get("text") or "")
    first = " ".join(word for word in [clock, service, *words, own] if word)
    return "\n".join([first, *(f"    {line}" for line in str(fields.get("trace") or "").splitlines())])


def _ended(fields: dict[str, Any]) -> list[str]:
    took = fields.get("milliseconds") or {}
    seconds = f"{sum(took.values()) / 1000:.1f} s"
    slowest = max(took, key=lambda hop: took[hop], default="")
    most = f"({slowest} {took[slowest] / 1000:.1f} s)" if slowest else ""
    return ["job", fields["job_id"], fields["status"], fields.get("code") or "", seconds, most]


def _value(value: Any) -> str:
    return value if isinstance(value, str) and " " not in value else json.dumps(value)

"""Reads how far back a command looks: `30m`, `2h`, `7d`, or a date and time."""

import re
import time
from datetime import datetime
from typing import Final

import click

SECONDS: Final = {"m": 60, "h": 3600, "d": 86400}


def check(context: click.Context, option: click.Parameter, text: str | None) -> int | None:
    """Return the time in milliseconds since the epoch; raise BadParameter if it is none."""
    if text is None:
        return None
    if ago := re.fullmatch(r"([0-9]{1,6})([mhd])", text):
        return max(0, round((time.time() - int(ago[1]) * SECONDS[ago[2]]) * 1000))
    try:
        return max(0, round(datetime.fromisoformat(text).timestamp() * 1000))
    except ValueError as error:
        message = f"{text} is neither a time such as 2026-01-31T12:00 nor a duration such as 30m, 2h or 7d"
        raise click.BadParameter(message) from error

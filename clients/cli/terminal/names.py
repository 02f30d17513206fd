"""Names and ids that a command is given: checked before a call is made, each with what was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import click

from runtime.contracts import codes, keys

REASONS: Final = tuple(code for code, said in codes.CODES.items() if said.status == 0)


def near(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?` if a known name is like this one, otherwise nothing."""
    found = get_close_matches(name, list(known), 1)
    return f"; did you mean {found[0]}?" if found else ""


def reason(context: click.Context, option: click.Parameter, code: str | None) -> str | None:
    """Return a code with which jobs end; raise BadParameter if it is none."""
    if code is None or code in REASONS:
        return code
    meant = near(code, REASONS) or f"; there are {', '.join(REASONS)}"
    raise click.BadParameter(f"{code} is no reason{meant}")


def jobs(context: click.Context, option: click.Parameter, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return ids of jobs; raise BadParameter for one that is none."""
    return tuple(_id(each, "job") for each in ids)


def jobs_or_batches(
    context: click.Context, option: click.Parameter, ids: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Return an id, or ids, of jobs or batches; raise BadParameter for one that is neither."""
    if isinstance(ids, str):
        return _id(ids, "job or batch")
    return tuple(_id(each, "job or batch") for each in ids)


def batch(context: click.Context, option: click.Parameter, some_id: str | None) -> str | None:
    """Return the id of a batch; raise BadParameter if it is none."""
    return None if some_id is None else _id(some_id, "batch")


def _id(text: str, what: str) -> str:
    is_job, is_batch = keys.JOB_ID.fullmatch(text), keys.BATCH_ID.fullmatch(text)
    if (is_job and what != "batch") or (is_batch and what != "job"):
        return text
    if is_batch:
        raise click.BadParameter(f"{text} is a batch; `imaging jobs --batch {text}` lists its jobs")
    forms = {"job": "32 digits and letters from a to f", "batch": "b- and 32 digits and letters from a to f"}
    form = forms.get(what, "as `imaging process` and `imaging jobs` print it")
    raise click.BadParameter(f"{text} is no id of a {what}, {form}; `imaging jobs` lists them")

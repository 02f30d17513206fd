"""What `imaging process` sends with its jobs: who is called when they end, and the trace that they are part of."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from runtime.contracts import traceparent
from runtime.handlers.callback import signature


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options."""
    url = click.option(
        "--callback",
        "callback_url",
        metavar="URL",
        help="An address that is called when each job has ended; the stack's callbackHosts must name its host.",
    )
    secret = click.option(
        "--callback-secret-file",
        "secret_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="File with the secret that signs these calls: whsec_ and 24 to 64 random bytes as base64.",
    )
    trace = click.option(
        "--traceparent",
        envvar="TRACEPARENT",
        show_envvar=True,
        default="",
        callback=_trace,
        help="W3C Trace Context of which the jobs become a part.",
    )
    return url(secret(trace(command)))


def callback(url: str | None, secret_file: Path | None) -> dict[str, str]:
    """Return what a request says of its callback; raise UsageError or BadParameter if it would be refused."""
    if url is None and secret_file is None:
        return {}
    if url is None or secret_file is None:
        raise click.UsageError("--callback and --callback-secret-file are given together")
    if not url.startswith(("https://", "http://")):
        raise click.BadParameter(f"{url} is no address; write https://host/path", param_hint="--callback")
    return {"url": url, "secret": _secret(secret_file)}


def _secret(file: Path) -> str:
    hint = "--callback-secret-file"
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode) and mode & 0o077:  # a pipe of the shell is its owner's alone
            others = f"other users may read {file}, which holds a secret: chmod 600 {file}"
            raise click.BadParameter(others, param_hint=hint)
        secret = file.read_text(encoding="ascii").strip()
        signature.key(secret)
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read: {error.strerror}", param_hint=hint) from error
    except ValueError as error:  # without what it holds
        must = str(error) if not isinstance(error, UnicodeError) else "must be ASCII text"
        raise click.BadParameter(f"what {file} holds {must}", param_hint=hint) from None
    return secret


def _trace(context: click.Context, option: click.Parameter, text: str) -> str:
    if not text or traceparent.parse(text):
        return text
    fault = f"{text[:80]!r} is not 00-<32 hexadecimal digits>-<16>-<2>, not all of them 0"
    if context.get_parameter_source(option.name or "") is not ParameterSource.ENVIRONMENT:
        raise click.BadParameter(fault)
    click.echo(f"note: TRACEPARENT is left out: {fault}", err=True)  # another tool set it, and the job is what counts
    return ""

"""`imaging failures`: why jobs of all clients failed; they are retried or discarded, singly or by reason."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TextIO

import click
import httpx

from clients.cli.jobs import account
from clients.cli.operation import signed, system
from clients.cli.terminal import columns, names, since
from clients.cli.terminal.exit_codes import ENDED_BADLY, REFUSED, UNREACHABLE

HEAD: Final = ("reason", "algorithm", "jobs")
PATH: Final = "/operations/failures"
MOST: Final = 2000  # failures that are read, the newest
AT_ONCE: Final = 50  # jobs that one call retries or discards
FORBIDDEN: Final = (
    "AWS does not allow these credentials to call the operators' routes: they need execute-api:Invoke on the stack "
    "output OperatorsResource."
)


@click.command()
@system.OUTPUTS
@click.argument("job_ids", nargs=-1, metavar="[JOB]...", callback=names.jobs)
@click.option("--since", callback=since.check, default="1d", help="Jobs accepted since then: 30m, 2h, 7d, or a time.")
@click.option("--algorithm", help="Only jobs of this algorithm.")
@click.option("--reason", metavar="CODE", callback=names.reason, help="Only jobs that ended with this code.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="List so many, the newest.")
@click.option("--retry", is_flag=True, help="Send the given jobs anew, or all of a --reason, each for its own client.")
@click.option("--discard", is_flag=True, help="Take the given jobs off the list, or all of a --reason.")
@system.AS_JSON
def failures(
    outputs: TextIO | None,
    job_ids: tuple[str, ...],
    since: int,
    algorithm: str | None,
    reason: str | None,
    limit: int,
    retry: bool,
    discard: bool,
    as_json: bool,
) -> None:
    """Print why jobs of any client failed or timed out, dead letters among them; retry or discard them.

    A job is listed until it is retried or discarded. What is retried runs as a new job of the same client, which gets
    its result as any other. A deployed stack is reached with the AWS credentials of the environment, which need
    execute-api:Invoke on the stack output OperatorsResource.

    \b
    Exit code: 0 printed or done; 1 a job was not retried or discarded; 2 wrong usage; 3 refused; 4 no answer.
    """
    if retry and discard:
        raise click.UsageError("--retry and --discard exclude each other")
    if (retry or discard) and not (job_ids or reason):
        raise click.UsageError("--retry and --discard need the ids of jobs, or a --reason")
    if job_ids and not (retry or discard):
        raise click.UsageError("the ids of jobs need --retry or --discard")
    if job_ids and (algorithm or reason):
        raise click.UsageError("--reason and --algorithm choose among all jobs: give them, or the ids of jobs")
    query = {"since": since, "algorithm": algorithm, "reason": reason}
    with system.looking_at(outputs) as looked_at, signed.calls(looked_at) as http:
        try:
            if retry or discard:
                chosen = job_ids or [each["job_id"] for each in listed(http, query)]
                sys.exit(settle(http, "retry" if retry else "discard", chosen))
            answer = report(http, query)
        except httpx.HTTPError as error:
            click.echo(account.unreachable(error, looked_at.api), err=True)
            sys.exit(UNREACHABLE)
    if as_json:
        click.echo(json.dumps({**answer, "failures": answer["failures"][:limit]}, indent=2))
    else:
        click.echo(text(answer, limit))


def listed(http: httpx.Client, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the failures that a query selects, newest first."""
    wanted = {name: value for name, value in query.items() if value is not None}
    while True:
        page = _call(http, "GET", PATH, params=wanted)
        yield from page["failures"]
        if page["cursor"] is None:
            return
        wanted["cursor"] = page["cursor"]


def report(http: httpx.Client, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the failures, newest first, and how many there are of each reason and algorithm."""
    found: list[dict[str, Any]] = []
    for each in listed(http, query):
        if len(found) == MOST:
            break
        found.append(each)
    counts = Counter((each["error"]["code"], each["algorithm"]) for each in found)
    reasons = [{"reason": code, "algorithm": name, "jobs": count} for (code, name), count in counts.most_common()]
    return {"failures": found, "reasons": reasons, "all_jobs_read": len(found) < MOST}


def settle(http: httpx.Client, action: str, job_ids: Sequence[str]) -> int:
    """Retry or discard jobs, and say what became of each; return the exit code."""
    refused = 0
    for start in range(0, len(job_ids), AT_ONCE):
        done = _call(http, "POST", f"{PATH}/{action}", json={"job_ids": list(job_ids[start : start + AT_ONCE])})
        for each in done["settled"]:
            became = f"-> {each['retried_as']}" if action == "retry" else "discarded"
            click.echo(f"{each['job_id']} {became}")
        for each in done["refused"]:
            click.echo(f"{each['job_id']}: {each['code']}: {each['detail']}", err=True)
        refused += len(done["refused"])
    if not job_ids:
        click.echo("No job failed.")
    return ENDED_BADLY if refused else 0


def text(answer: Mapping[str, Any], limit: int) -> str:
    """Return the reasons as a table, and a line for each of the newest failures."""
    if not answer["failures"]:
        return "No job failed."
    rows = [(each["reason"], each["algorithm"], str(each["jobs"])) for each in answer["reasons"]]
    lines = [*columns.lines(HEAD, rows, left=2), *map(_line, answer["failures"][:limit])]
    if not answer["all_jobs_read"]:
        lines.append(f"Only the newest {MOST} failures were read.")
    return "\n".join(lines)


def _line(each: Mapping[str, Any]) -> str:
    accepted = datetime.fromtimestamp(each["accepted_at"] / 1000).strftime("%Y-%m-%d %H:%M:%S")
    return f"{each['job_id']}  {accepted}  {each['algorithm']}  {each['error']['code']}: {each['error']['message']}"


def _call(http: httpx.Client, method: str, path: str, **request: Any) -> dict[str, Any]:
    """Return the answer of a call; end the command if it is refused."""
    answer = http.request(method, path, **request)
    if answer.status_code < 500 and answer.is_error:
        try:
            problem: dict[str, Any] = answer.json()
        except ValueError:
            problem = {}
        if "code" in problem:
            click.echo(f"{problem['code']}: {problem['detail']}", err=True)
        else:  # API Gateway's own answer, which has no code
            click.echo(FORBIDDEN if answer.status_code == 403 else f"{answer.status_code}: {answer.text}", err=True)
        sys.exit(REFUSED)
    return answer.raise_for_status().json()

"""`imaging failures`: the jobs of all clients that failed, with their reasons."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TextIO

import click

from clients.cli import columns, since
from clients.cli.operation import queues, system, table
from runtime.contracts import keys

HEAD: Final = ("reason", "algorithm", "jobs")
ATTRIBUTES: Final = ("algorithm", "client_id", "error", "attempts")
UNKNOWN: Final = {"code": "unknown", "message": "The table holds no reason."}


@click.command()
@system.OUTPUTS
@click.option("--since", callback=since.check, default="1d", help="Jobs that ended since then: 30m, 2h, 7d, or a time.")
@click.option("--algorithm", help="Only jobs of this algorithm.")
@click.option("--reason", metavar="CODE", help="Only jobs that ended with this code.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="List so many, the newest.")
@system.AS_JSON
def failures(
    outputs: TextIO | None, since: int, algorithm: str | None, reason: str | None, limit: int, as_json: bool
) -> None:
    """Print why jobs of any client failed or timed out: how many by reason, and the newest one by one.

    Dead letters that their function has not read are counted, too: their jobs have not ended. A deployed stack is
    reached with the AWS credentials of the environment, which need dynamodb:GetItem, BatchGetItem and Scan,
    sqs:GetQueueAttributes and sqs:GetQueueUrl. A client sends its failed jobs anew with `imaging retry`.

    \b
    Exit code: 0 printed; 2 wrong usage; 4 AWS refuses or does not answer.
    """
    now = time.time_ns() // 1_000_000
    with system.looking_at(outputs) as looked_at:
        answer = report(looked_at, now, now - since, algorithm, reason)
    if as_json:
        click.echo(json.dumps({**answer, "failures": answer["failures"][:limit]}, indent=2))
    else:
        click.echo(text(answer, limit))


def report(
    looked_at: system.System, now: int, within: int, algorithm: str | None = None, reason: str | None = None
) -> dict[str, Any]:
    """Return the failed jobs, newest first, how many there are of each reason, and the unread dead letters."""
    jobs, whole = table.ended(looked_at, now, within, ATTRIBUTES)
    failed = [_failure(job) for job in jobs if job["state"] in table.FAILED]
    chosen = [
        each for each in failed if algorithm in (None, each["algorithm"]) and reason in (None, each["error"]["code"])
    ]
    chosen.sort(key=lambda each: each["ended"] or now, reverse=True)
    counts = Counter((each["error"]["code"], each["algorithm"]) for each in chosen)
    letters = {
        each.algorithm: each.waiting + each.in_flight
        for each in queues.depths(looked_at)
        if each.role == "dead letters" and algorithm in (None, each.algorithm) and each.waiting + each.in_flight
    }
    reasons = [{"reason": code, "algorithm": name, "jobs": count} for (code, name), count in counts.most_common()]
    return {"failures": chosen, "reasons": reasons, "unread_dead_letters": letters, "all_jobs_read": whole}


def text(answer: Mapping[str, Any], limit: int) -> str:
    """Return the reasons as a table, and a line for each of the newest failures."""
    if not answer["failures"]:
        lines = ["No job failed."]
    else:
        rows = [(each["reason"], each["algorithm"], str(each["jobs"])) for each in answer["reasons"]]
        lines = [*columns.lines(HEAD, rows, left=2), *map(_line, answer["failures"][:limit])]
    for algorithm, count in answer["unread_dead_letters"].items():
        lines.append(f"{algorithm}: {count} dead letter(s) that the function dead-letters has not read; see its log.")
    if not answer["all_jobs_read"]:
        lines.append(f"Only the newest {table.MOST} jobs were read.")
    return "\n".join(lines)


def _failure(job: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "job_id": job["pk"].removeprefix(keys.job("")),
        "client_id": job["client_id"],
        "algorithm": job["algorithm"],
        "state": job["state"],
        "attempts": job.get("attempts", 0),
        "ended": job.get("t_published"),
        "error": json.loads(job["error"]) if "error" in job else UNKNOWN,
    }


def _line(each: Mapping[str, Any]) -> str:
    ended = "not told yet"
    if each["ended"] is not None:
        ended = datetime.fromtimestamp(each["ended"] / 1000).strftime("%Y-%m-%d %H:%M:%S")
    return f"{each['job_id']}  {ended}  {each['algorithm']}  {each['error']['code']}: {each['error']['message']}"

"""Sends the jobs on standard input at their pace, waits for their results, and writes which jobs have one.

It runs in Celery's own environment. Input: JSON with `jobs` (number, seconds, poison), `pace` (seconds between two
jobs), `idle` (seconds without a new result after which the rest counts as lost) and `runs`. Output: a JSON array of the
numbers of the jobs that have a result.
"""

import json
import sys
import time

from tasks import app

LOOK_SECONDS = 1.0


def main() -> None:
    """Send, wait and tell."""
    plan = json.load(sys.stdin)
    sent: dict[str, int] = {}
    due = time.monotonic()
    for job in plan["jobs"]:
        time.sleep(max(0.0, due - time.monotonic()))
        due += plan["pace"]
        arguments = (job["number"], job["seconds"], plan["runs"], job["poison"])
        sent[app.send_task("chaos", arguments).id] = job["number"]
    ended: set[int] = set()
    latest = time.monotonic()
    while len(ended) < len(sent) and time.monotonic() - latest < plan["idle"]:
        time.sleep(LOOK_SECONDS)
        waiting = [task for task, number in sent.items() if number not in ended]
        answers = app.backend.mget([app.backend.get_key_for_task(task) for task in waiting])
        new = {sent[task] for task, answer in zip(waiting, answers, strict=True) if answer is not None}
        if new:
            ended |= new
            latest = time.monotonic()
    print(json.dumps(sorted(ended)))


if __name__ == "__main__":
    main()

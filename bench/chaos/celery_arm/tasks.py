"""The application that Celery's workers run. It imports Celery and nothing of this project."""

import os
import signal
import time
from pathlib import Path

from celery import Celery  # pyright: ignore[reportMissingImports]

LATE_SECONDS = int(os.environ.get("CHAOS_LATE_SECONDS", "0"))
"""If it is not 0: late acknowledgement, and Redis's visibility timeout in seconds, which is an hour by default."""

app = Celery("chaos", broker=os.environ["CHAOS_REDIS"], backend=os.environ["CHAOS_REDIS"])
if LATE_SECONDS:
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        broker_transport_options={"visibility_timeout": LATE_SECONDS},
    )


@app.task(name="chaos")
def chaos(number: int, seconds: float, runs: str, poison: bool) -> int:
    """Do what the run's algorithm does: note the number in the file `runs`, then take so long, or kill the worker."""
    with Path(runs).open("a") as file:
        file.write(f"{number}\n")
    if poison:
        os.killpg(0, signal.SIGKILL)  # the parent with all that it runs, as when a container dies
    time.sleep(seconds)
    return number

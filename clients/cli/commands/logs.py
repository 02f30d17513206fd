"""`imaging logs`: what the tasks of the local system log, for a person or a machine."""

import json
import sys
import time
from pathlib import Path

import click

from clients.cli.local import record
from clients.cli.local.log_files import EVERY, Logs
from clients.cli.reports import log_lines
from clients.cli.terminal.exit_codes import INTERRUPTED
from clients.cli.terminal.names import near
from clients.cli.terminal.signals import Stopped, stoppable


@click.command()
@click.argument("algorithm", required=False)
@click.option("-f", "--follow", is_flag=True, help="Go on with new lines until Ctrl-C.")
@click.option("--job", "job_id", help="Only lines about this job.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, with `service` added.")
def logs(algorithm: str | None, follow: bool, job_id: str | None, as_json: bool) -> None:
    """Print what the workers of ALGORITHM log in the running `imaging up`, or all workers and the PACS API.

    The traceback of a job that its algorithm failed is among the lines. The logs of a deployed stack are in CloudWatch,
    one log group an algorithm.
    """
    folder, pid = Path(record.system()["logs"]), record.owner() or 0
    if algorithm and algorithm not in (known := sorted(record.read()["RequestQueues"])):
        meant = near(algorithm, known) or f"; there are {', '.join(known)}"
        raise click.BadParameter(f"{algorithm} is not installed{meant}", param_hint="ALGORITHM")
    wanted = algorithm.replace("_", "-") if algorithm else None
    shown, found = False, Logs(folder, lambda service: wanted in (None, service))
    try:
        with stoppable():
            while True:
                up = record.is_running(pid) and folder.is_dir()  # before the last look, which then misses nothing
                for line in found.new():
                    fields = log_lines.parse(line.text)
                    if job_id and fields.get("job_id") != job_id:
                        continue
                    shown = True
                    added = {**fields, "service": line.service}
                    click.echo(json.dumps(added) if as_json else log_lines.readable(fields, line.service))
                if not follow:
                    if not shown:
                        click.echo("nothing has been logged" + (f" about job {job_id}" if job_id else ""), err=True)
                    return
                if not up:
                    click.echo("`imaging up` has ended, so there is nothing more to follow", err=True)
                    return
                time.sleep(EVERY)
    except Stopped:
        sys.exit(INTERRUPTED)

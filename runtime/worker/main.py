"""From the environment to a running worker, and from SIGTERM to exit status 0."""

import contextlib
import os

from runtime import linux
from runtime.worker import health, log, stop_signals
from runtime.worker.child.handle import ChildError
from runtime.worker.settings import SettingsError, from_environment
from runtime.worker.worker import Worker

LOOK_SECONDS = 0.5


def main() -> int:
    """Serve until SIGTERM or SIGINT; return 0 after a drain, 1 if the worker cannot work."""
    linux.hide()  # the credentials of the task are in this process
    linux.adopt_orphans()  # whatever jobs start is found, even after the end of the process that forks their children
    linux.keep_few_arenas()  # the threads that fetch and store files end with each job, and their memory is to
    stop_signals.install()
    try:
        settings = from_environment(os.environ)
        health.file().touch()  # health counts from here: loading an algorithm may take a while
        worker = Worker(settings)
        declaration = worker.start()
    except (SettingsError, ChildError) as error:
        log.line("worker_refused", error=str(error))
        return 1
    log.line("worker_started", algorithm=declaration.name, distribution=declaration.label)
    while not stop_signals.wait(LOOK_SECONDS) and not worker.broken.is_set():
        worker.health.report()
    log.line("worker_stopping", algorithm=settings.algorithm)
    worker.drain()
    with contextlib.suppress(OSError):
        health.file().unlink(missing_ok=True)
    log.line("worker_stopped", algorithm=settings.algorithm)
    return 1 if worker.broken.is_set() else 0

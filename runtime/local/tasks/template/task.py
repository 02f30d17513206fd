"""From a fork of the template to a task: its own descriptors, environment and folder, then its module."""

import multiprocessing
import os
import runpy
import signal
import sys

from runtime import linux
from runtime.local.tasks.template.request import Received
from runtime.local.tasks.template.serve import Begun
from runtime.local.tasks.template.spare import Spare, close_all_but


def become(begun: Begun) -> None:
    """Run the task's module as `python -m` does. The process has one thread and knows nothing of any task yet."""
    received = begun.received
    linux.die_with(begun.template, signal.SIGTERM)
    _take_over_descriptors(received)
    multiprocessing.current_process().authkey = os.urandom(32)  # the template's is every task's
    if received.spare:
        Spare().install()  # before this process reads its credentials, which a spare may never have had
    request = received.read()
    os.nice(request.niceness)
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update(request.environment)
    sys.argv = [request.module, *request.arguments]
    runpy.run_module(request.module, run_name="__main__", alter_sys=True)


def _take_over_descriptors(received: Received) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (received.log, 1), (received.log, 2)):
        os.dup2(source, target)
    close_all_but(received.content)

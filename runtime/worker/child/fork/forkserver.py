"""Imported by the fork server alone, before it forks the first child: what every child has from the start."""

import os
import signal
import sys
import traceback

from runtime import linux
from runtime.worker import stop_signals
from runtime.worker.child import main, output
from runtime.worker.child.fork import preload
from runtime.worker.child.fork.preparation import PreparationError, made

# Without this it would live as long as any child of it, and a child that computes for ever would too. It comes first:
# whoever opens a pipe from which no worker reads any more waits for ever.
linux.die_with(int(os.environ[preload.WORKER_VARIABLE]))
# Before the plugin is imported, which may do anything.
output.redirect()
linux.confine()
linux.adopt_orphans()
# A signal to the worker's process group is the worker's business.
os.setpgrp()
for each in stop_signals.SIGNALS:
    signal.signal(each, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, stop_signals.SIGNALS)  # an algorithm's processes can be terminated

# Default action: whatever is being loaded, the worker learns that it took too long.
signal.alarm(int(os.environ[preload.START_VARIABLE]))
try:
    registered = preload.registered(os.environ[preload.ALGORITHM_VARIABLE])
    preload.perform([*main.NUMERIC, *preload.imports(registered.algorithm.run)])
    made(registered.algorithm)
except PreparationError as error:
    sys.stderr.write(error.trace)
except Exception:
    # The child meets it again and tells the worker; a fork server that dies tells nothing.
    traceback.print_exc()
signal.alarm(0)

"""The process that may die: it takes one computation after another."""

import contextlib
import os
import sys
from multiprocessing.connection import Connection

from runtime import linux
from runtime.worker.child.answers import Child
from runtime.worker.child.failures import encodable
from runtime.worker.child.fork import isolation, preload
from runtime.worker.child.fork.preload import Import
from runtime.worker.child.fork.preparation import PreparationError, job_bytes, made
from runtime.worker.child.fork.state import ProcessState
from runtime.worker.child.messages import Broken, Computation, Declaration, Ready
from runtime.worker.child.say import say

# What every child needs, whatever its algorithm; imported late, so that the worker itself does without.
NUMERIC = [
    Import(module)
    for module in (
        "numpy",
        "algorithms.values",
        "runtime.dicom",
        "runtime.worker.child.check",
        "runtime.worker.child.files.encode",
        "runtime.worker.child.ports.gather",
        "runtime.worker.child.ports.give",
    )
]


def serve(connection: Connection, algorithm: str, parent: int) -> None:
    """Take computations from `connection` until it is closed."""
    try:
        registered = preload.registered(algorithm)
        preload.perform(NUMERIC)
        memory_bytes = job_bytes(registered.algorithm)
    except PreparationError as error:
        say(connection, Broken(encodable(str(error))))
        return
    except Exception as error:
        say(connection, Broken(encodable(f"{type(error).__name__}: {error}")))
        return
    declared = registered.algorithm
    in_task = os.environ.get(preload.WORKER_VARIABLE) == "1"  # the first process of a container
    isolation.isolate(parent, memory_bytes, sole_user=in_task)
    child, state = Child(connection, declared.run, declared.needs), ProcessState()
    declaration = Declaration(declared.name, registered.label, declared.scopes, declared.resources)
    say(connection, Ready(declaration, made(declared)))
    while True:
        try:
            computation: Computation = connection.recv()
        except (EOFError, OSError):
            return
        state.restore()
        reply = child.answer(computation)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):  # the algorithm may have closed or replaced it
                stream.flush()
        say(connection, reply, computation.name, spent=state.is_spent)
        del computation, reply
        linux.give_memory_back()

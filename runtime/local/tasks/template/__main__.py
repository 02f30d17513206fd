"""`python -m runtime.local.tasks.template SOCKET`: the process from which the tasks of the local system are forked.

It has imported what tasks need (Linux alone): so a task begins within milliseconds, and tasks share that memory until
they write to it. It knows no credentials, no addresses and no plugin: each task gets its own environment after the
fork, as it would from the command line, and then runs the same module.
"""

import gc
import sys

from runtime.local.tasks.template import libraries
from runtime.local.tasks.template.serve import serve
from runtime.local.tasks.template.task import become


def main() -> None:
    """Import, then serve; in a task, become its command."""
    for each in libraries.own():
        __import__(each)
    libraries.load_service_models()
    libraries.of_algorithms()
    gc.collect()
    gc.freeze()  # a collection in a task would otherwise write to all of it, and so copy it
    request = serve(int(sys.argv[1]))
    if request is not None:
        become(request)


if __name__ == "__main__":
    main()

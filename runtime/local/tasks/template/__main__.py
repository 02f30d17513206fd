"""`python -m runtime.local.tasks.template SOCKET`: the process from which the tasks of the local system are forked.

It has imported what tasks need (Linux alone): so a task begins within milliseconds, and tasks share that memory until
they write to it. The PACS API, for which the start of a system waits, needs a part of it; the rest is imported before
the first worker, or once the system is ready. It knows no credentials, no addresses and no plugin: each task gets its
own environment after the fork, as it would from the command line, and then runs the same module.
"""

import gc
import sys

from runtime.local.tasks.template import libraries
from runtime.local.tasks.template.serve import serve
from runtime.local.tasks.template.task import become


def main() -> None:
    """Import, then serve; in a task, become its command."""
    libraries.of_the_pacs_api()
    gc.freeze()
    request = serve(int(sys.argv[1]), _complete)
    if request is not None:
        become(request)


def _complete() -> None:
    libraries.of_workers()
    libraries.of_algorithms()
    gc.collect()
    gc.freeze()  # a collection in a task would otherwise write to all of it, and so copy it


if __name__ == "__main__":
    main()

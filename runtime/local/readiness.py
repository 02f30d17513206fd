"""Until a deployed system is ready for its first caller."""

import contextlib
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from typing import Final

HEALTHY_SECONDS = 120.0  # a busy machine is slow
# Calls that have no effect, one of each function: those of a first job, and the others.
FIRST_JOB: Final = (("POST", "/process/-"), ("DELETE", "/provision"), ("GET", "/proxy-sqs"))
OTHERS: Final = (("GET", "/sign"), ("GET", "/jobs/-"), ("GET", "/algorithms"))
LATER_SECONDS: Final = 1.0  # in which the others' starts take no CPU from a first job


class UnhealthyError(RuntimeError):
    """A PACS API that is not healthy; the message says what it answers."""


def warm_up(api: str) -> threading.Event:
    """Begin to start each function behind the processing API, before its first caller waits for it.

    The event is set once those are started that a first job needs.
    """
    ready = threading.Event()
    threading.Thread(target=_call_all, args=(api, ready), name="warm-up", daemon=True).start()
    return ready


def _call_all(api: str, ready: threading.Event) -> None:
    _call(api, FIRST_JOB)
    ready.set()
    time.sleep(LATER_SECONDS)
    _call(api, OTHERS)


def _call(api: str, calls: Iterable[tuple[str, str]]) -> None:
    for method, path in calls:
        request = urllib.request.Request(api + path, data=b"" if method == "POST" else None, method=method)  # noqa: S310
        with contextlib.suppress(OSError):
            urllib.request.urlopen(request, timeout=20).close()  # noqa: S310 - our own http


def until_healthy(pacs_api: str) -> None:
    """Wait until the PACS API is healthy; raise UnhealthyError if it says that it is not, or is silent for long."""
    deadline = time.monotonic() + HEALTHY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{pacs_api}/health", timeout=2).close()  # noqa: S310 - our own http
            return
        except urllib.error.HTTPError as error:
            raise UnhealthyError(f"the PACS API is not healthy: {error}") from error
        except OSError as error:
            if time.monotonic() > deadline:
                raise UnhealthyError(f"the PACS API does not answer: {error}") from error
            time.sleep(0.05)

"""Watches the sources of a running local system and reloads what changes."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchfiles import watch

from runtime.local.cloud import LocalCloud
from runtime.local.reload import declared
from runtime.local.reload.bytecode import check_bytecode
from runtime.local.reload.declared import Declared
from runtime.local.reload.reloader import Reloader
from runtime.local.reload.sources import Sources, changed, editable

QUIET_MS: Final = 50  # without another change, so that what an editor writes in several steps is one change
LONGEST_MS: Final = 1000  # that such changes are waited for
LOOK_MS: Final = 200  # without a change, after which it is looked whether to stop


@contextmanager
def reloading(
    cloud: LocalCloud, began: float, tell: Callable[[str], None], deployed_again: Callable[[], None]
) -> Generator[list[Sources]]:
    """Reload what changes while the block runs; give the sources that are watched, once they are.

    `began` is the time, in seconds since the epoch, before which the system was not yet deployed: files that were
    changed since are reloaded at once.
    """
    sources = editable()
    check_bytecode(files_of(sources))
    found = declared.now()
    start = Start(began, found, time.time())
    ready, stopping = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=_run, args=(cloud, sources, start, tell, deployed_again, ready, stopping), name="reload", daemon=True
    )
    thread.start()
    try:
        ready.wait()
        yield sources
    finally:
        stopping.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class Start:
    """What is known when the watch begins: the times are in seconds since the epoch.

    Parameters
    ----------
    began : when the first deployment began.
    found : what was declared after it.
    read : when that had been read.
    """

    began: float
    found: Declared
    read: float

    def deployed(self, algorithms: Iterable[str], earlier: Iterable[Path]) -> Declared:
        """Return what is deployed, if these files changed since the first deployment began.

        Whether it is what was found is not known if one of them changed before that was read.
        """
        known = all(path.stat().st_mtime >= self.read for path in earlier)
        return Declared(dict.fromkeys(algorithms, ""), self.found.digest if known else "")


def _run(
    cloud: LocalCloud,
    sources: list[Sources],
    start: Start,
    tell: Callable[[str], None],
    deployed_again: Callable[[], None],
    ready: threading.Event,
    stopping: threading.Event,
) -> None:
    try:
        batches = _batches(sources, stopping)
        files = next(batches, dict[str, list[Path]]())
        since = time.monotonic()
        recent = (path for path in files_of(sources) if path.stat().st_mtime >= start.began)
        earlier = changed(recent, sources)
        deployed = start.deployed(cloud.outputs["RequestQueues"], (each for them in earlier.values() for each in them))
        reloader = Reloader(cloud, deployed, tell=tell, deployed_again=deployed_again)
    finally:
        ready.set()
    files = {**files, **earlier}
    while not stopping.is_set():
        if files:
            try:
                reloader.apply(files, since)
            except Exception as error:  # the next change is reloaded nevertheless
                tell(f"reloading failed: {type(error).__name__}: {error}")
        batch = next(batches, None)
        since = time.monotonic()
        if batch is None:
            return
        files = batch


def _batches(sources: list[Sources], stopping: threading.Event) -> Iterator[dict[str, list[Path]]]:
    """Yield the changed files of each distribution, and nothing now and then; from the first on they are watched."""
    folders = [each.folder for each in sources]
    if not folders:
        return
    for batch in watch(
        *folders,
        step=QUIET_MS,
        debounce=LONGEST_MS,
        watch_filter=None,
        stop_event=stopping,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
    ):
        yield changed((Path(path) for _, path in batch), sources)


def files_of(sources: list[Sources]) -> Iterator[Path]:
    """Yield the files that are code."""
    for each in sources:
        yield from (path for path in each.folder.rglob("*") if each.has(path) and path.is_file())

"""Watches the sources of a running local system and reloads what changes."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
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


@contextmanager
def reloading(
    cloud: LocalCloud, began: float, tell: Callable[[str], None], deployed_again: Callable[[], None]
) -> Generator[list[Sources]]:
    """Reload what changes while the block runs; give the sources that are watched.

    `began` is the time, in seconds since the epoch, before which the system was not yet deployed: files that were
    changed since are reloaded at once.
    """
    sources = editable()
    stopping = threading.Event()
    thread = threading.Thread(
        target=_run, args=(cloud, sources, began, tell, deployed_again, stopping), name="reload", daemon=True
    )
    thread.start()
    try:
        yield sources
    finally:
        stopping.set()
        thread.join()


def _run(
    cloud: LocalCloud,
    sources: list[Sources],
    began: float,
    tell: Callable[[str], None],
    deployed_again: Callable[[], None],
    stopping: threading.Event,
) -> None:
    check_bytecode(files_of(sources))
    found = declared.now()
    earlier = changed((path for path in files_of(sources) if path.stat().st_mtime >= began), sources)
    deployed = Declared(dict.fromkeys(cloud.outputs["RequestQueues"], ""), "" if earlier else found.digest)
    reloader = Reloader(cloud, deployed, tell=tell, deployed_again=deployed_again)

    def apply(files: Mapping[str, list[Path]], since: float) -> None:
        try:
            reloader.apply(files, since)
        except Exception as error:  # the next change is reloaded nevertheless
            tell(f"reloading failed: {type(error).__name__}: {error}")

    if earlier:
        apply(earlier, time.monotonic())
    folders = [each.folder for each in sources]
    if not folders:
        return
    for batch in watch(*folders, step=QUIET_MS, debounce=LONGEST_MS, watch_filter=None, stop_event=stopping):
        since = time.monotonic()
        if files := changed((Path(path) for _, path in batch), sources):
            apply(files, since)


def files_of(sources: list[Sources]) -> Iterator[Path]:
    """Yield the files that are code."""
    for each in sources:
        yield from (path for path in each.folder.rglob("*") if each.has(path) and path.is_file())

"""Takes all files of some folders into a bucket, in parallel and with a progress bar."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli.intake.counts import Counts
from runtime.archive.intake.bucket import Bucket
from runtime.archive.intake.header import Image, read
from runtime.archive.intake.refused import RefusedFileError

Item = TypeVar("Item")
Found = TypeVar("Found")
PARALLEL: Final = 16  # files at a time: most of the time is disk and network


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the given files and those below the given folders, each once.

    Folders that cannot be listed, and links to folders, which are not followed, are among them: no image is left out
    silently.
    """
    seen: set[str] = set()
    for path in paths:
        found = [path] if not path.is_dir() else sorted(_inside(path))
        for file in found:
            if (real := os.path.realpath(file)) not in seen:  # `Path.resolve` fails on a link that leads to itself
                seen.add(real)
                yield file


def _inside(folder: Path) -> Iterator[Path]:
    unlisted: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        yield from (Path(root, name) for name in names)
        yield from (path for name in folders if (path := Path(root, name)).is_symlink())
    yield from unlisted


def take(paths: Iterable[Path], bucket: Bucket) -> Counts:
    """Put every image among the files into the bucket; return what became of each file.

    Of files with the same identifiers the first counts. Raises what boto3 raises if the bucket refuses or is silent.
    """
    counts = Counts()
    columns = (TextColumn("{task.description:15}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar, ThreadPoolExecutor(PARALLEL) as pool:

        def each(what: str, items: Sequence[Item], act: Callable[[Item], Found]) -> Iterator[Found]:
            task = bar.add_task(what, total=len(items))
            for found in pool.map(act, items):
                bar.advance(task)
                yield found

        def header(path: Path) -> Image | None:
            with _refusals(counts, path):
                return read(path)

        def store(image: Image) -> None:
            with _refusals(counts, image.path):
                (counts.taken if bucket.put(image) else counts.there).append(image.address)

        try:
            images = [image for image in each("reading headers", list(files(paths)), header) if image]
            first = list({image.address: image for image in reversed(images)}.values())
            chosen = set(first)
            # The others come last: what they are compared with is there by then.
            for some in (first, [image for image in images if image not in chosen]):
                deque(each("storing images", some, store), maxlen=0)
        except BaseException:  # a bucket that refuses one refuses all; or Ctrl-C
            pool.shutdown(cancel_futures=True)
            raise
    return counts


@contextmanager
def _refusals(counts: Counts, path: Path) -> Iterator[None]:
    try:
        yield
    except RefusedFileError as refusal:
        counts.refused[str(refusal)].append(path)

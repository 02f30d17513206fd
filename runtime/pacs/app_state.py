"""The shared parts of a PACS API server: the bucket, the decoding processes, the caches, the way to jobs."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

import httpx
from starlette.requests import Request

from runtime.archive import Archive, Stored
from runtime.archive.intake.bucket import Bucket
from runtime.contracts.models import InputReference
from runtime.pacs.decoding.attributes import Attributes
from runtime.pacs.decoding.cache import Cache
from runtime.pacs.decoding.files import Files
from runtime.pacs.decoding.objects import Objects
from runtime.pacs.decoding.pool import Pool
from runtime.pacs.decoding.preview import Slice
from runtime.pacs.decoding.shared import Shared
from runtime.pacs.decoding.values import ready
from runtime.pacs.settings import PARSER_MIB, Settings

T = TypeVar("T")

PICTURES_BYTES = 64 * 1024 * 1024
FRAMES_BYTES = 16 << 20  # small frames that are kept decoded for another window
HEADERS = 20_000  # files whose headers are kept for the stacks
THREADS = 32  # S3 calls that wait at the same time
UPLOADS = 4  # calls that send files at the same time
HEADER_SECONDS = 10.0  # that parsing one header may take


class AppState:
    """The shared parts of one running server."""

    def __init__(self, settings: Settings, s3: Any) -> None:
        self.settings = settings
        self.archive = Archive(s3, settings.bucket, settings.pattern)
        self.intake = Bucket(s3, settings.bucket, settings.pattern)
        self.uploads = asyncio.Semaphore(UPLOADS)
        self.attributes = Attributes(self.archive, self.parse, patients=settings.patient_columns)
        self.known = Objects(self.archive)
        self.files = Files(self.archive, self.known.forget)
        self.pictures: Cache[bytes] = Cache(PICTURES_BYTES, len)
        self.frames: Cache[Slice] = Cache(FRAMES_BYTES, lambda frame: frame.values.nbytes)
        self.headers: Cache[Any] = Cache(HEADERS)
        self.shared = Shared()
        self.pool = Pool(settings.decoders, prepare=ready, memory=settings.decoder_bytes)
        # Headers have a process of their own, so that a listing waits for no picture. The threads limit how many wait.
        self.parsers = Pool(1, waiting=THREADS, seconds=HEADER_SECONDS, prepare=ready, memory=PARSER_MIB << 20)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.http = httpx.AsyncClient(timeout=30, trust_env=False)
        self._threads = ThreadPoolExecutor(THREADS, "s3")

    async def blocking(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a function that waits for S3, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))

    async def objects(self, ref: InputReference, *, fresh: bool, read: bool = False) -> list[Stored]:
        """Return the objects that a reference stands for; that of an image as it was seconds ago, unless `fresh`.

        `read` says that its file will be read unless an answer made of it is kept: then a new image is fetched at once.
        """
        if not fresh and (known := self.known.known(ref)):
            return known
        ask = self.files.find if read and ref.scope == "image" and not self.known.seen(ref) else None
        if fresh or ref.scope != "image":  # whoever wants it as it is now cannot wait for one who asked before
            return await self.blocking(self.known.find, ref, ask)
        name = ("objects", ref.study_id, ref.series_id, ref.image_id, ask is None)
        return await self.shared.run(name, lambda: self.blocking(self.known.find, ref, ask))

    def start(self) -> None:
        """Start the processes; called on the event loop."""
        self._loop = asyncio.get_running_loop()
        self.pool.warm()
        self.parsers.warm()

    def parse(self, function: Callable[..., T], *args: Any) -> T:
        """Run a function that parses a header in a process, from a thread of `blocking`. Raises as `Pool.run` does."""
        if self._loop is None:
            raise RuntimeError("the application was not started")
        return asyncio.run_coroutine_threadsafe(self._parse(function, *args), self._loop).result()

    async def _parse(self, function: Callable[..., T], *args: Any) -> T:
        async with self.parsers:
            return await self.parsers.run(function, *args)

    async def close(self) -> None:
        """End the processes, the threads and the connections."""
        await self.http.aclose()
        self.pool.close()
        self.parsers.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


def of(request: Request) -> AppState:
    """Return the shared parts of the server that received the request."""
    return cast(AppState, request.app.state.shared)

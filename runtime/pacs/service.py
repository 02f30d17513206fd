"""What the endpoints share: the bucket, the decoding processes, the caches and the way to the processing API."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, cast

import httpx
from starlette.requests import Request

from runtime.archive import Archive
from runtime.pacs.attributes import Attributes
from runtime.pacs.cache import Cache
from runtime.pacs.pool import Pool
from runtime.pacs.settings import Settings

T = TypeVar("T")

PICTURES_BYTES = 64 * 1024 * 1024
THREADS = 32  # S3 calls that wait at the same time


class Service:
    """One for each running server."""

    def __init__(self, settings: Settings, s3: Any) -> None:
        self.settings = settings
        self.archive = Archive(s3, settings.bucket, settings.pattern)
        self.attributes = Attributes(self.archive)
        self.pictures: Cache[bytes] = Cache(PICTURES_BYTES, len)
        self.pool = Pool(settings.decoders)
        self.http = httpx.AsyncClient(timeout=30, trust_env=False)
        self._threads = ThreadPoolExecutor(THREADS, "s3")

    async def blocking(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run what waits for S3 in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))

    async def close(self) -> None:
        """End the processes, the threads and the connections."""
        await self.http.aclose()
        self.pool.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


def of(request: Request) -> Service:
    """Return the service of the server that a request came to."""
    return cast(Service, request.app.state.service)

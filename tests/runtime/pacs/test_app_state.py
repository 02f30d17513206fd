"""How often the bucket is asked for a picture."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from runtime.pacs.app import create_app
from runtime.pacs.settings import Settings
from tests.fuzz.bucket import Bucket
from tests.runtime.dicom.files import FILES

PATH = "/studies/s/series/e/images/i"


class Asked(Bucket):
    """A bucket that notes its calls."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []
        self.objects["s/e/i.dcm"] = (FILES / "MR_small.dcm").read_bytes()

    def head_object(self, **asked: Any) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an object's size and tag, and note the call."""
        self.calls.append("HEAD")
        return super().head_object(**asked)

    def get_object(self, **asked: Any) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an object, and note the call."""
        self.calls.append("GET")
        return super().get_object(**asked)


@pytest.fixture
def bucket() -> Asked:
    """One image."""
    return Asked()


@pytest.fixture
def api(bucket: Asked) -> Iterator[TestClient]:
    """A PACS API that nobody has asked for anything."""
    with TestClient(create_app(Settings(bucket="pacs", decoders=1), bucket)) as client:
        yield client


@pytest.mark.parametrize("path", [PATH, PATH + "/pixels", PATH + "/metadata"])
def test_a_new_image_is_one_call_of_the_bucket(api: TestClient, bucket: Asked, path: str) -> None:
    assert api.get(path).status_code == 200
    assert bucket.calls == ["GET"]


def test_an_image_that_was_seen_is_looked_at_before_it_is_fetched(api: TestClient, bucket: Asked) -> None:
    api.get(PATH)
    bucket.calls.clear()
    assert api.get(PATH, headers={"Cache-Control": "no-cache"}).status_code == 200
    assert bucket.calls == ["HEAD"]


def test_a_caller_who_may_have_the_picture_lets_nothing_be_fetched(api: TestClient, bucket: Asked) -> None:
    tag = api.get(PATH).headers["etag"]
    with TestClient(create_app(Settings(bucket="pacs", decoders=1), bucket)) as another:
        bucket.calls.clear()
        assert another.get(PATH, headers={"If-None-Match": tag}).status_code == 304
    assert bucket.calls == ["HEAD"]


def test_an_image_that_is_replaced_is_fetched_anew(api: TestClient, bucket: Asked) -> None:
    before = api.get(PATH)
    bucket.objects["s/e/i.dcm"] = (FILES / "CT_small.dcm").read_bytes()
    after = api.get(PATH, headers={"Cache-Control": "no-cache"})
    assert after.status_code == 200 and after.headers["etag"] != before.headers["etag"]
    assert after.content != before.content


@pytest.mark.parametrize("path", [PATH, PATH + "/pixels", PATH + "/metadata", PATH + "?scope=series"])
def test_equal_calls_at_once_are_all_answered_and_fetch_once(bucket: Asked, path: str) -> None:
    async def run() -> list[int]:
        app = create_app(Settings(bucket="pacs", decoders=1), bucket)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://pacs") as client:
                return [each.status_code for each in await asyncio.gather(*(client.get(path) for _ in range(200)))]

    assert asyncio.run(run()) == [200] * 200
    assert bucket.calls.count("GET") == 1

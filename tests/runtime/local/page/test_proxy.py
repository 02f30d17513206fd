"""The one origin forwards calls: a real server in front, and a real one behind it."""

import asyncio
import socket
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from runtime.local.page.application import System
from runtime.local.page.proxy import forwarded
from runtime.local.page.serve import WebServer
from runtime.local.processes.ports import free_port

ALL = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
CONTENT = bytes(range(256)) * 4096


class Behind:
    """A service that returns each call to its caller, and notes when a caller disconnects."""

    def __init__(self) -> None:
        self.waiting, self.left, self.first_arrived = threading.Event(), threading.Event(), threading.Event()
        self.app = Starlette(
            routes=[
                Route("/poll", self.poll),
                Route("/picture", self.picture),
                Route("/slow", self.slow),
                Route("/{path:path}", self.echo, methods=ALL),
            ]
        )

    async def echo(self, request: Request) -> Response:
        body = await request.body()
        echo = {
            "method": request.method,
            "path": request.scope["raw_path"].decode(),
            "query": request.url.query,
            "headers": dict(request.headers),
            "size": len(body),
        }
        return JSONResponse(echo, 202, {"Location": "../jobs/1", "Connection": "x-own", "X-Own": "1", "X-Kept": "2"})

    async def picture(self, request: Request) -> Response:
        if request.headers.get("if-none-match") == '"a"':
            return Response(status_code=304, headers={"ETag": '"a"', "Content-Length": str(len(CONTENT))})
        if wanted := request.headers.get("range"):
            first, last = map(int, wanted.removeprefix("bytes=").split("-"))
            return Response(CONTENT[first : last + 1], 206, {"Content-Range": f"bytes {first}-{last}/{len(CONTENT)}"})
        return Response(CONTENT, headers={"ETag": '"a"'})

    async def slow(self, _: Request) -> Response:
        async def parts() -> AsyncGenerator[bytes]:
            yield b"first"
            while not self.first_arrived.is_set():
                await asyncio.sleep(0.01)
            yield b"second"

        return StreamingResponse(parts())

    async def poll(self, request: Request) -> Response:
        """Do not answer until the caller disconnects."""
        self.waiting.set()
        while not await request.is_disconnected():
            await asyncio.sleep(0.01)
        self.left.set()
        return Response()


@contextmanager
def running(app: Any) -> Iterator[str]:
    port = free_port()
    # h11 keeps a connection on which 304 states the length of what it does not send; httptools' protocol closes it
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off", http="h11")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            threading.Event().wait(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def site(behind: Behind, tmp_path: Path) -> Iterator[httpx.Client]:
    (tmp_path / "index.html").write_text("<title>page</title>")
    with (
        running(behind.app) as address,
        WebServer(tmp_path, System(address, f"{address}/pacs-api", "http://127.0.0.1:1")) as server,
        httpx.Client(base_url=server.address, trust_env=False, timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize("method", ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"])
def test_a_call_arrives_as_it_was_made_without_the_prefix(site: httpx.Client, method: str) -> None:
    headers = {"Authorization": "Bearer t", "X-Client-Token": "c", "Idempotency-Key": "k", "Accept-Encoding": "br"}
    answer = site.request(method, "/api/jobs/a%2Fb?queue=x%20y&wait=20", headers=headers)
    echo = answer.json()
    assert answer.status_code == 202
    assert (echo["method"], echo["path"], echo["query"]) == (method, "/jobs/a%2Fb", "queue=x%20y&wait=20")
    assert echo["headers"].items() >= {name.lower(): value for name, value in headers.items()}.items()
    assert answer.headers["location"] == "../jobs/1"


def test_each_prefix_leads_to_its_own_service(site: httpx.Client) -> None:
    assert site.get("/api/studies").json()["path"] == "/studies"
    assert site.get("/pacs/studies").json()["path"] == "/pacs-api/studies"
    assert site.get("/studies").text == "<title>page</title>"
    assert site.get("/api").text == "<title>page</title>"


def test_a_body_is_passed_on_whole_with_and_without_a_known_length(site: httpx.Client) -> None:
    assert site.post("/api/process/x", content=CONTENT).json()["size"] == len(CONTENT)
    parts = iter([CONTENT, CONTENT])
    echo = site.post("/pacs/studies", content=parts).json()
    assert echo["size"] == 2 * len(CONTENT)


def test_ranges_entity_tags_and_heads_keep_their_meaning(site: httpx.Client) -> None:
    whole = site.get("/api/picture")
    assert (whole.content, whole.headers["etag"]) == (CONTENT, '"a"')
    part = site.get("/api/picture", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, CONTENT[10:20])
    same = site.get("/api/picture", headers={"If-None-Match": '"a"'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", '"a"')
    head = site.head("/api/picture")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(CONTENT)))


def test_headers_of_one_connection_end_with_it(site: httpx.Client) -> None:
    answer = site.get("/api/x", headers={"Connection": "close, X-Hop", "X-Hop": "1", "Te": "trailers"})
    assert not {"x-hop", "te"} & answer.json()["headers"].keys()
    assert "x-own" not in answer.headers
    assert answer.headers["x-kept"] == "2"
    assert len(answer.headers.get_list("date")) == 1


def test_what_connection_names_is_dropped_with_it() -> None:
    headers = [(b"Connection", b"Close, X-A"), (b"X-A", b"1"), (b"X-B", b"2"), (b"Host", b"h")]
    assert forwarded(headers, b"host") == [(b"X-B", b"2")]


def test_an_answer_is_passed_on_part_by_part(site: httpx.Client, behind: Behind) -> None:
    with site.stream("GET", "/api/slow") as answer:
        parts = answer.iter_raw()
        assert next(parts) == b"first"
        behind.first_arrived.set()
        assert b"".join(parts) == b"second"


def test_a_caller_who_goes_away_ends_the_call(site: httpx.Client, behind: Behind) -> None:
    place = site.base_url
    with socket.create_connection((place.host, place.port or 80)) as caller:
        caller.sendall(b"GET /api/poll HTTP/1.1\r\nHost: x\r\n\r\n")
        assert behind.waiting.wait(30)
    assert behind.left.wait(30)


def test_a_service_that_does_not_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("")
    nobody = f"http://127.0.0.1:{free_port()}"
    with WebServer(tmp_path, System(nobody, nobody, nobody)) as server:
        answer = httpx.get(f"{server.address}/pacs/studies", trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (502, "upstream_unreachable")
    assert answer.headers["content-type"] == "application/problem+json"


def test_answers_of_the_apis_have_the_pages_headers(site: httpx.Client) -> None:
    answer = site.get("/api/picture")
    assert answer.headers["content-security-policy"] == site.get("/").headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"

"""What the client says of itself to an API, and what it makes of a refusal that is not the API's own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from clients.cli.client import ApiError, Client

CLIENT = {"client_id": "0" * 16, "client_token": "the-client's", "queue_url": "http://queue"}
TOKEN = "a.web.token"


@pytest.fixture
def guarded() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Give an address that answers as API Gateway does before a stack with `apiAuth: jwt`, and what it was told."""
    told: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            told.append({name.lower(): value for name, value in self.headers.items()})
            known = told[-1].get("authorization") == f"Bearer {TOKEN}"
            body = json.dumps(CLIENT if known else {"message": "Unauthorized"}).encode()
            self.send_response(200 if known else 401)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - the names that http.server asks for

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", told
        server.shutdown()


def test_the_web_token_travels_beside_the_clients_own(guarded: tuple[str, list[dict[str, str]]]) -> None:
    address, told = guarded
    with Client(address, bearer=TOKEN) as client:
        client.job("1")
    assert [call["authorization"] for call in told] == [f"Bearer {TOKEN}"] * 3
    assert [call.get("x-client-token") for call in told] == [None, *[CLIENT["client_token"]] * 2]


def test_without_one_the_refusal_says_what_is_missing(guarded: tuple[str, list[dict[str, str]]]) -> None:
    with pytest.raises(ApiError, match="asks for a JSON web token") as refused, Client(guarded[0]):
        pass
    assert refused.value.code == "not_signed_in"


@pytest.mark.parametrize("by", ["option", "variable"])
def test_the_command_takes_it_from_its_option_or_the_environment(
    by: str, guarded: tuple[str, list[dict[str, str]]]
) -> None:
    address, told = guarded
    given = {"option": (["--token", TOKEN], {}), "variable": ([], {"IMAGING_TOKEN": TOKEN})}[by]
    command = [sys.executable, "-m", "clients.cli", "process", "gaussian", "--study", "1", "--api", address]
    subprocess.run([*command, *given[0]], env=given[1], capture_output=True, timeout=60)
    assert told[0]["authorization"] == f"Bearer {TOKEN}"


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Callable[[httpx.Response], list[str]]:
    """Let the API give this answer to every call; return the paths that are called."""

    def answer(response: httpx.Response) -> list[str]:
        paths: list[str] = []
        transport = httpx.MockTransport(lambda request: (paths.append(request.url.raw_path.decode()), response)[1])
        http = httpx.Client
        monkeypatch.setattr(httpx, "Client", lambda **given: http(**given, transport=transport))
        return paths

    return answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            httpx.Response(200, text="<html></html>"),
            "http://api/algorithms answers, but not as the processing API does",
        ),
        (httpx.Response(302, headers={"Location": "/"}), "not as the processing API does"),
        (httpx.Response(405, text="<Error>\n<Code>No</Code>"), "GET /algorithms answered 405: <Error> <Code>No</Code>"),
    ],
)
def test_an_address_of_something_else_is_told(
    answer: httpx.Response, words: str, called: Callable[[httpx.Response], list[str]]
) -> None:
    called(answer)
    with pytest.raises(ApiError, match=words):
        Client("http://api", known=CLIENT).algorithms()


def test_identifiers_are_parts_of_a_path(called: Callable[[httpx.Response], list[str]]) -> None:
    paths = called(httpx.Response(200, json={"job_id": "1"}))
    client = Client("http://api", known=CLIENT)
    client.job("../a b")
    client.submit("x/y?", {}, {})
    assert paths == ["/jobs/..%2Fa%20b", "/process/x%2Fy%3F"]

"""Lists of series, and the images that the PACS API lists of them."""

import io
from collections.abc import Callable
from pathlib import Path

import click
import httpx
import pytest

from clients.cli.client import ApiError
from clients.cli.jobs import many_inputs

SERIES = [{"study_id": "1/2", "series_id": "3", "scope": "series"}]
Answers = Callable[[httpx.Response], list[str]]


def test_series_are_read_from_lines() -> None:
    text = "# study series\n1.2 1.2.3\n\n1.4,1.4.5  # late\n1.6\t1.6.7\n"
    assert [(each["study_id"], each["series_id"]) for each in many_inputs.series_in(io.StringIO(text))] == [
        ("1.2", "1.2.3"),
        ("1.4", "1.4.5"),
        ("1.6", "1.6.7"),
    ]


@pytest.mark.parametrize(("text", "words"), [("1\n1 2\n1 2 3\n", "line 1, 3 is not"), ("# none\n", "no series")])
def test_other_lines_are_named(text: str, words: str) -> None:
    with pytest.raises(click.BadParameter, match=words):
        many_inputs.series_in(io.StringIO(text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"\xff\xfe1.2 1.2.3")
    with (tmp_path / "list").open(encoding="utf-8") as lines, pytest.raises(click.BadParameter, match="is no text"):
        many_inputs.series_in(lines)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let the PACS API answer every call in this way; return the paths that are called."""

    def answer(response: httpx.Response) -> list[str]:
        called: list[str] = []

        def handle(request: httpx.Request) -> httpx.Response:
            called.append(request.url.raw_path.decode())
            return response

        made = httpx.Client(transport=httpx.MockTransport(handle))
        monkeypatch.setattr(many_inputs.httpx, "Client", lambda **_: made)
        return called

    return answer


def test_a_series_that_the_pacs_does_not_have_is_refused_in_its_words(answered: Answers) -> None:
    called = answered(httpx.Response(404, json={"code": "input_not_found", "detail": "The PACS has no series 3."}))
    with pytest.raises(ApiError, match="The PACS has no series 3") as refused:
        many_inputs.images_of(SERIES, "http://pacs", "")
    assert refused.value.code == "input_not_found"
    assert called == ["/studies/1%2F2/series/3/images"]


@pytest.mark.parametrize("content", ["<html></html>", "[]", "{}"])
def test_an_address_of_something_else_is_named(answered: Answers, content: str) -> None:
    answered(httpx.Response(200, text=content))
    with pytest.raises(ApiError, match=r"http://pacs/.* answers, but not as the PACS API does"):
        many_inputs.images_of(SERIES, "http://pacs", "")

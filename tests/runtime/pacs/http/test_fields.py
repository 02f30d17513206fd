"""Header fields, however many lines they come in."""

from starlette.requests import Request

from runtime.pacs.http.fields import field


def test_the_lines_of_a_field_are_one_list() -> None:
    lines = [(b"accept", b"text/html"), (b"host", b"pacs"), (b"accept", b"image/png")]
    assert field(Request({"type": "http", "headers": lines}), b"accept") == "text/html, image/png"


def test_a_field_that_is_not_there_is_empty() -> None:
    assert field(Request({"type": "http", "headers": []}), b"accept") == ""

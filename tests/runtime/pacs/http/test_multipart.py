"""A multipart body is read the same however it is cut into pieces, and a malformed one is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.pacs.http.multipart import HEADERS_MOST, End, Multipart, MultipartError, Part, content_type

BODY = (
    b"ignored\r\n--b\r\nContent-Type: application/dicom\r\n\r\none\r\n-- b\r\n\r\n--b  \r\n\r\ntwo\r\n"
    b"--b\r\nX-Empty: yes\r\n\r\n\r\n--b--\r\nignored too"
)
PARTS = [({"content-type": "application/dicom"}, b"one\r\n-- b\r\n"), ({}, b"two"), ({"x-empty": "yes"}, b"")]


def parts(body: bytes, *cuts: int) -> list[tuple[dict[str, str], bytes]]:
    """Return the headers and the content of each part of a body that comes in pieces."""
    reader, found, ended = Multipart("b"), list[tuple[dict[str, str], bytes]](), 0
    for start, end in itertools.pairwise((0, *sorted(cuts), len(body))):
        for event in reader.feed(body[start:end]):
            if isinstance(event, Part):
                found.append((dict(event), b""))
            elif isinstance(event, End):
                ended += 1
            else:
                found[-1] = (found[-1][0], found[-1][1] + event)
    reader.finish()
    assert ended == len(found)
    return found


@given(st.lists(st.integers(0, len(BODY)), max_size=6))
def test_the_pieces_do_not_matter(cuts: list[int]) -> None:
    assert parts(BODY, *cuts) == PARTS


def test_one_byte_at_a_time() -> None:
    assert parts(BODY, *range(len(BODY))) == PARTS


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "cut off"),
        (BODY[: BODY.index(b"two")], "cut off"),
        (BODY.replace(b"--b--", b"--b"), "cut off"),
        (b"x" * (HEADERS_MOST + 10), "does not begin"),
        (b"--b\r\nA: " + b"x" * HEADERS_MOST + b"\r\n\r\n", "longer than"),
        (b"--b\r\nno colon\r\n\r\n", "malformed"),
        (b"--b\r\n: none\r\n\r\n", "malformed"),
        (b"--bc\r\n\r\n", "something else"),
    ],
)
def test_a_malformed_body_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(MultipartError, match=why):
        parts(body)


@pytest.mark.parametrize("boundary", ["", "x" * 71, "ends with a space ", 'a"b', "ä"])
def test_an_invalid_boundary_is_refused(boundary: str) -> None:
    with pytest.raises(MultipartError, match="boundary"):
        Multipart(boundary)


def test_a_content_type_is_read_with_its_parameters() -> None:
    media, parameters = content_type('Multipart/Related; TYPE="application/dicom"; boundary="a=b;c"')
    assert (media, parameters) == ("multipart/related", {"type": "application/dicom", "boundary": "a=b;c"})
    assert content_type("")[0] == content_type("nonsense")[0] == ""

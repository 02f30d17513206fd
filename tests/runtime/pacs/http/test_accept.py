"""Which representation a caller likes best."""

import pytest

from runtime.pacs.http.accept import choose, takes_gzip

OFFERS = ("image/png", "application/dicom")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "image/png"),
        ("*/*", "image/png"),
        ("image/*", "image/png"),
        ("application/dicom", "application/dicom"),
        ("text/html,image/avif,image/webp,*/*;q=0.8", "image/png"),
        ("application/dicom;q=0.4, image/png;q=0.3", "application/dicom"),
        ("image/png;q=0, */*", "application/dicom"),
        ("text/html", None),
        ("application/dicom;q=none", None),
        ("application/dicom;q=nan", None),
        ("application/dicom;q=2, image/png;q=0.1", "image/png"),
    ],
)
def test_choose(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "takes"),
    [("gzip, br", True), ("gzip;q=0", False), ("*", True), ("*;q=0, gzip", True), ("identity", False), ("", False)],
)
def test_gzip_is_sent_only_to_those_who_take_it(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes

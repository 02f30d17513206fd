"""The elements of a header as rows."""

from typing import Any

import pytest
from pydicom.dataset import Dataset

from runtime.pacs.decoding import tags
from tests.runtime.dicom.files import Write


def rows(write: Write, **attributes: Any) -> tuple[list[dict[str, Any]], bool]:
    content = write(**attributes).read_bytes()
    found = tags.tags_of(content, len(content))
    assert found is not None
    return found


def test_elements_are_in_the_files_order_with_names_and_without_pixels(write: Write) -> None:
    found, more = rows(write, Manufacturer="Maker")
    assert not more and found[0]["tag"].startswith("0002,")
    (maker,) = (each for each in found if each["keyword"] == "Manufacturer")
    assert maker == {
        "tag": "0008,0070", "depth": 0, "keyword": "Manufacturer", "name": "Manufacturer", "vr": "LO",
        "value": "Maker", "private": False,
    }  # fmt: skip
    assert "7FE0,0010" not in {each["tag"] for each in found}


def test_items_of_sequences_lie_deeper_and_private_elements_are_marked(write: Write) -> None:
    item = Dataset()
    item.CodeValue = "T-1"
    item.private_block(0x0099, "SOMEONE", create=True).add_new(1, "OB", b"\x00\x01")
    found, _ = rows(write, AnatomicRegionSequence=[item, item])
    at = next(n for n, each in enumerate(found) if each["keyword"] == "AnatomicRegionSequence")
    nested = [(each["depth"], each["value"], each["private"]) for each in found[at : at + 5]]
    assert nested == [
        (0, "", False), (1, "#1", False), (2, "T-1", False), (2, "SOMEONE", True), (2, "2 bytes", True)
    ]  # fmt: skip


def test_values_and_their_number_are_bounded(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = rows(write, ImageComments="x" * 2000)
    (comment,) = (each["value"] for each in found if each["keyword"] == "ImageComments")
    assert comment == "x" * tags.LONGEST + "…"
    monkeypatch.setattr(tags, "ELEMENTS_MOST", 5)
    found, more = rows(write)
    assert len(found) == 5 and more


def test_the_beginning_of_a_longer_header_is_not_enough(write: Write) -> None:
    content = write().read_bytes()
    assert tags.tags_of(content[:1000], len(content)) is None

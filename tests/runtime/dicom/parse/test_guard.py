"""What is damaged is named, and what it holds is not."""

import struct
from pathlib import Path

import pytest

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES


def test_a_damaged_element_is_named_without_its_value() -> None:
    content = (FILES / "CT_small.dcm").read_bytes()
    at = content.index(b"\x28\x00\x10\x00US")
    wrong = content[:at] + b"\x28\x00\x10\x00US" + struct.pack("<H3B", 3, 7, 7, 7) + content[at + 10 :]
    with pytest.raises(PermanentError) as caught:
        describe(load(wrong))
    assert caught.value.message == "The file's header cannot be read: Rows (0028,0010) is damaged."


def test_an_identifier_that_only_a_result_needs_is_named_as_well(tmp_path: Path) -> None:
    content = (FILES / "CT_small.dcm").read_bytes()
    path = tmp_path / "0.dcm"
    path.write_bytes(content.replace(b"\x20\x00\x0d\x00UI", b"\x20\x00\x0d\x00Uj"))
    with pytest.raises(PermanentError, match=r"StudyInstanceUID \(0020,000D\) is damaged"):
        read_image([path])


def test_damage_of_no_element_is_the_files() -> None:
    with pytest.raises(PermanentError, match="The palette cannot be read: the file is damaged"), reading("The palette"):
        raise ValueError("DOE^JOHN")

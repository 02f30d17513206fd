"""What the tests of reading share."""

from pathlib import Path

import pytest

from tests.runtime.dicom.files import Write, writer


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a variant of MR_small.dcm: `pixels` replaces its own, keywords set attributes (None removes one)."""
    return writer(tmp_path)

"""What the child makes of an irregular input is told in the result, or the input is refused."""

import tempfile
from multiprocessing import Pipe
from pathlib import Path

import pytest

from algorithms.declaration import Needs
from imaging import Image, Result
from runtime.worker.child.answers import Child
from runtime.worker.child.messages import Computation, Done, Failed
from tests.runtime.dicom.files import writer


def measure(image: Image) -> Result:
    return Result(measurements={"planes": len(image.pixels)}, missing=("The rest.",))


@pytest.mark.parametrize(
    ("needs", "count", "said"), [("any", 4, "A slice seems to be missing"), ("resampled", 5, "5 planes, 1 mm apart")]
)
def test_a_result_says_what_was_irregular(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: Needs, count: int, said: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    write, flat = writer(tmp_path), [1, 0, 0, 0, 1, 0]
    paths = tuple(write(ImagePositionPatient=[0, 0, z], ImageOrientationPatient=flat) for z in (0, 1, 2, 4))
    computation = Computation(paths, {}, (), tmp_path / "job")
    ends = Pipe()  # both, or the other is closed
    reply = Child(ends[0], measure, needs).answer(computation)
    assert isinstance(reply, Done) and reply.measurements == {"planes": count}
    assert said in reply.missing[0] and reply.missing[1:] == ("The rest.",)
    refused = Child(ends[0], measure, "regular").answer(computation)
    assert isinstance(refused, Failed) and refused.code == "input_unsupported"

"""What the child says of an error is one line, short, and without the machine's paths."""

import tempfile
from multiprocessing import Pipe
from pathlib import Path

import pytest

from algorithms.declaration import Needs
from imaging import Image, Result
from runtime.worker.child.main import Child, one_line
from runtime.worker.child.messages import Computation, Done, Failed
from runtime.worker.steps.give_back import LONGEST_SECONDS, pause
from tests.runtime.dicom.files import writer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("  first line \nsecond", "first line"),
        ("cannot open /srv/data/patient-7/a.dcm", "cannot open (path)"),
        ("no file '/tmp/x/y' or /opt/", "no file '(path)' or (path)"),
        ("ratio 3/4 of a/b/c", "ratio 3/4 of a/b/c"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_one_line(text: str, said: str) -> None:
    assert one_line(text) == said


def test_the_pause_doubles_spreads_and_ends() -> None:
    for count, ceiling in ((1, 2), (2, 4), (5, 32), (9, LONGEST_SECONDS), (1000, LONGEST_SECONDS)):
        pauses = [pause(count) for _ in range(200)]
        assert ceiling / 2 <= min(pauses) < max(pauses) <= ceiling
        assert max(pauses) > ceiling * 0.8


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

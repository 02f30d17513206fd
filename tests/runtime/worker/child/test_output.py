"""What the plugin prints is read as it comes, and costs nothing while nothing comes."""

import json
import threading
import time
from pathlib import Path

import pytest

from runtime.worker.child.output import VARIABLE, Output


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Output:
    """A pipe of this test's own."""
    monkeypatch.setenv(VARIABLE, "")
    return Output(tmp_path)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux alone counts a thread's switches")
def test_a_thread_without_anything_to_read_sleeps(output: Output) -> None:
    assert output
    thread = [each for each in threading.enumerate() if each.name == "output"][-1]

    def switches() -> list[str]:
        status = Path(f"/proc/self/task/{thread.native_id}/status").read_text()
        return [line for line in status.splitlines() if "ctxt_switches" in line]

    deadline = time.monotonic() + 20  # until it waits
    while (before := switches()) != (time.sleep(0.2) or switches()):
        assert time.monotonic() < deadline, before


def test_lines_bear_their_job(output: Output, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "output").open("wb", buffering=0) as pipe:
        output.attribute("a")
        pipe.write(b"one\ntwo")
        output.attribute("b")
        pipe.write(b"half \xff\n")
        output.attribute(None)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["job_id"], line["text"]) for line in lines] == [("a", "one"), ("a", "two"), ("b", "half \ufffd")]

"""The rules as tests of an author's own."""

import subprocess
import sys
from pathlib import Path

BAD = Path(__file__).parents[1] / "runtime/authoring/checks/bad.py"


def test_each_rule_is_a_test_and_a_broken_one_shows_its_sentence(tmp_path: Path) -> None:
    settings = f"[pytest]\naddopts = -p imaging.pytest_plugin\nimaging_algorithms = {BAD}:listing\n"
    (tmp_path / "pytest.ini").write_text(settings)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-config"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 failed, 1 passed, 12 skipped" in run.stdout
    assert "an ordinary image: The algorithm returned a list, neither Image nor Result." in run.stdout
    assert "Traceback" not in run.stdout

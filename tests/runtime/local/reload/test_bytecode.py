"""Two saves of one size within one second are two contents."""

import os
import subprocess
import sys
from pathlib import Path

from runtime.local.reload.bytecode import check_bytecode


def imported(folder: Path) -> str:
    """Return what a new process finds in the module."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", "import saved; print(saved.VALUE)"]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=True).stdout.strip()


def test_code_of_the_last_save_is_imported_whatever_its_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "saved.py"
    for value in ("1", "2", "3"):
        file.write_text(f"VALUE = {value}\n")
        os.utime(file, (1_000_000_000, 1_000_000_000))
        if value == "1":
            check_bytecode([file])
        assert imported(tmp_path) == value


def test_a_file_that_does_not_compile_leaves_no_earlier_code(tmp_path: Path) -> None:
    file = tmp_path / "saved.py"
    file.write_text("VALUE = 1\n")
    check_bytecode([file])
    file.write_text("VALUE = (\n")
    check_bytecode([file, tmp_path / "gone.py"])
    assert not list(tmp_path.glob("__pycache__/*"))

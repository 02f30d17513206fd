"""The deprecated alias of the public face."""

import subprocess
import sys

LOAD = (
    "import algorithms.spec as spec, imaging; assert all(getattr(spec, n) is getattr(imaging, n) for n in spec.__all__)"
)


def load(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *options, "-c", LOAD], capture_output=True, text=True, check=False)


def test_it_is_the_same_and_says_what_to_import() -> None:
    done = load("-W", "always")
    assert done.returncode == 0, done.stderr
    assert "<string>:1: DeprecationWarning: algorithms.spec is deprecated: import from imaging" in done.stderr


def test_the_warning_can_be_made_an_error() -> None:
    assert load("-W", "error::DeprecationWarning").returncode == 1

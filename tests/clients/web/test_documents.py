"""The OpenAPI documents that the page's types are generated from are those of the APIs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_documents_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clients.web.documents", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr

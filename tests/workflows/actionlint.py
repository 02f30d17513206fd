"""actionlint: the one on PATH, or one built from its Go module."""

from pathlib import Path

from tests import go_tool

MODULE = "github.com/rhysd/actionlint"


def actionlint() -> Path:
    """Return the program. Raises NoToolError."""
    return go_tool.find("actionlint", MODULE, f"{MODULE}/cmd/actionlint", Path(__file__).parent)

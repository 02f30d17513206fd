"""A distribution that looks installed."""

import json
from pathlib import Path

import pytest


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, *requires: str) -> None:
    """Install a distribution called a-plugin 1.2 with its requirements, from `origin` in the form of PEP 610."""
    about = folder / "a_plugin-1.2.dist-info"
    about.mkdir(parents=True)
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: a-plugin\nVersion: 1.2\n{needs}")
    if origin is not None:
        (about / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.syspath_prepend(str(folder))

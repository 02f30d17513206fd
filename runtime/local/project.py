"""The Pulumi project as files: its name, and the configuration of a stack as the CLI would give it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def project_name() -> str:
    """Return the project's name."""
    return _read("Pulumi.yaml")["name"]


def configuration(stack: str, changes: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return every configuration value of the stack as text: the project's defaults, the stack's file, `changes`.

    Raises
    ------
    FileNotFoundError : if there is no Pulumi.<stack>.yaml.
    """
    name = project_name()
    defaults: dict[str, Any] = {key: entry["default"] for key, entry in _read("Pulumi.yaml")["config"].items()}
    own: dict[str, Any] = _read(f"Pulumi.{stack}.yaml").get("config") or {}
    values: dict[str, str] = {}
    for layer in (defaults, own, changes or {}):
        values |= {key if ":" in key else f"{name}:{key}": _text(value) for key, value in layer.items()}
    return values

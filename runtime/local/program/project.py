"""Reads the files of the Pulumi project: its name, and the configuration of a stack as the CLI would give it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

try:  # libyaml's is ten times as quick
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML was built without it
    from yaml import SafeLoader

# The bucket that the embedded cloud creates if the stack names none; on AWS a stack must name one that exists.
PACS_BUCKET = "imaging-local-pacs"
BEGINS_WHEN_TOLD = "when-told"  # an argument of the program's process: it begins when its standard input ends
ROOT = Path(__file__).resolve().parents[3]


def _read(name: str) -> dict[str, Any]:
    return yaml.load((ROOT / name).read_text(), Loader=SafeLoader)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def project_name() -> str:
    """Return the project's name."""
    return _read("Pulumi.yaml")["name"]


def configuration(stack: str | None, changes: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return every configuration value of the stack as text: the project's defaults, the stack's file, `changes`.

    If the stack names no PACS bucket, it gets that of the embedded cloud. Without a stack, no file is read.

    Raises
    ------
    FileNotFoundError : if there is no Pulumi.<stack>.yaml.
    """
    name = project_name()
    defaults: dict[str, Any] = {key: entry["default"] for key, entry in _read("Pulumi.yaml")["config"].items()}
    own: dict[str, Any] = (_read(f"Pulumi.{stack}.yaml").get("config") or {}) if stack else {}
    values: dict[str, str] = {}
    local = {} if own.get(f"{name}:pacsBucket") else {"pacsBucket": PACS_BUCKET}
    for layer in (defaults, own, local, changes or {}):
        values |= {key if ":" in key else f"{name}:{key}": _text(value) for key, value in layer.items()}
    return values

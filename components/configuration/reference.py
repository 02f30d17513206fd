"""Writes docs/configuration.md from Pulumi.yaml and the rules: `python -m components.configuration.reference`."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import yaml

from components.configuration.fields import Rule, key
from components.configuration.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "configuration.md"
HEAD = """# Configuration

Written by `python -m components.configuration.reference` from `Pulumi.yaml` and the rules; a test compares it.

A stack's values are in `Pulumi.<stack>.yaml`, each under `imaging:<key>`; a key that is not there has its default.
`pulumi config set imaging:outputExpiryDays 14` sets a value,
`pulumi config set --path 'imaging:corsOrigins[0]' https://viewer.example.org` an entry of a list.
`Pulumi.dev.yaml` is a complete stack; `Pulumi.prod.yaml.example` is the start of a production one.
`aws:region` and the other `aws:` keys belong to Pulumi's AWS provider.

Values are checked before any resource is made. All faults are named at once, each with the key, the value and what it
must be.

| key | type | default | must be | what it is |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    declared: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"]
    rows: list[str] = []
    for field in dataclasses.fields(Settings):
        rule: Rule = field.metadata["rule"]
        entry = declared[key(field.name)]
        default = json.dumps(entry["default"])
        cells = (f"`{key(field.name)}`", entry["type"], f"`{default}`", rule.allowed, entry["description"])
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())

"""The reference, from its sources: the package `imaging`, the command `imaging` and the two HTTP APIs."""

from typing import Any

from openapidocs.mk.v3 import OpenAPIV3DocumentationHandler

import imaging.testing
from clients.web.documents import pacs, processing

COMMAND = """# Command

::: mkdocs-click
    :module: clients.cli.main
    :command: main
    :prog_name: imaging
    :depth: 1
"""


def reference() -> dict[str, str]:
    """Return the Markdown of each page of the reference."""
    return {
        "reference/python.md": python(),
        "reference/command.md": COMMAND,
        "reference/processing-api.md": http_api(processing()),
        "reference/pacs-api.md": http_api(pacs()),
    }


def python() -> str:
    """Return the Markdown that asks mkdocstrings for each public name of the package."""
    members = [
        f"::: imaging.{name}\n    options: {{show_root_heading: true, heading_level: 2}}\n" for name in imaging.__all__
    ]
    tests = [
        f"::: imaging.testing.{name}\n    options: {{show_root_heading: true, heading_level: 2}}\n"
        for name in imaging.testing.__all__
    ]
    heads = ["# Python", "What a plugin imports, from `imaging`; below it, what its tests do, from `imaging.testing`."]
    return "\n".join([*heads, *members, *tests])


def http_api(document: dict[str, Any]) -> str:
    """Return the Markdown of one OpenAPI document."""
    return str(OpenAPIV3DocumentationHandler(document).write())

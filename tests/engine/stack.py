"""A stack of the real engine whose AWS is the embedded cloud."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT, configuration
from runtime.local.provider import executables

OPERATE = Path(__file__).with_name("operate.py")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one operation did."""

    steps: list[dict[str, Any]]
    outputs: dict[str, Any]
    error: str
    printed: str

    def urns(self, *operations: str) -> list[str]:
        """Return the URNs that met one of the operations, sorted."""
        return sorted({step["urn"] for step in self.steps if step["op"] in operations})

    def drift(self) -> list[str]:
        """Return what a refresh found changed: resources by their logical names, each with the properties."""
        found = re.findall(r"~\s+\S+ (\S+) updated .*\[diff: (.*)\]", self.printed)
        return sorted(f"{name} {properties.replace('~', '')}" for name, properties in found)

    @property
    def changes(self) -> dict[str, int]:
        """Return how many resources met each operation, those that stayed the same left out."""
        names = sorted({step["op"] for step in self.steps} - {"same", "read"})
        return {name: len(self.urns(name)) for name in names}


class Stack:
    """A stack with a backend of its own in `folder`; each operation is a process."""

    def __init__(self, folder: Path, cli: Path, cloud: Emulator, name: str = "dev", **changes: Any) -> None:
        self.name = name
        self._changes = changes
        self.config = configuration("dev", changes)
        self._folder = folder
        backend, self._home, tools = folder / "backend", folder / "pulumi-home", folder / "tools"
        for each in (backend, self._home):
            each.mkdir(parents=True, exist_ok=True)
        executables.write(tools)
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PULUMI_"))},
            **cloud.environment,
            **executables.environment(tools),
            "PATH": os.pathsep.join([str(tools), str(cli.parent), os.environ["PATH"]]),
            "PULUMI_HOME": str(self._home),
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_BACKEND_URL": f"file://{backend}",
        }

    def configure(self, **changes: Any) -> None:
        """Change the configuration of what runs next."""
        self._changes |= changes
        self.config = configuration("dev", self._changes)

    def run(self, operation: str, *plugins: Path, **variables: str) -> Answer:
        """Run `preview`, `up`, `refresh` or `destroy` with what is installed in these folders, too."""
        result = self._folder / f"{operation}.json"
        result.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, str(OPERATE), operation, self.name, json.dumps(self.config), str(result)],
            env={**self.environment, "PYTHONPATH": os.pathsep.join(map(str, (*plugins, ROOT))), **variables},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.exists(), done.stdout + done.stderr
        answer = json.loads(result.read_text())
        return Answer(answer["steps"], answer.get("outputs", {}), answer.get("error", ""), "\n".join(answer["printed"]))

    def shell(self, commands: str, checkout: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run what an operator would type, with the stack selected, in a checkout or beside a project file alone."""
        project = checkout or self._folder / "project"
        project.mkdir(exist_ok=True)
        shutil.copy(ROOT / "Pulumi.yaml", project)  # not in the tree itself: the CLI may write beside it
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"pulumi stack select --create {self.name}\n{commands}"],
            env={**self.environment, **variables},
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )

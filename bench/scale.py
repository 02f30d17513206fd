"""What more installed algorithms cost before anything is deployed: loading the registry, running the program."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.instruments import many
from bench.instruments.measure import Sample
from runtime.local.program.project import ROOT

SIZES = (1, 25, 50, 100)


@dataclass(frozen=True)
class Cost:
    """What the program cost with so many algorithms beside those that come with it."""

    added: int
    registry_ms: Sample
    program_ms: Sample
    resources: int


def start(plugins: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start the program on paper with `plugins` installed; `folder` takes its answer and what it builds."""
    path = os.pathsep.join((str(plugins), str(ROOT)))
    command = [sys.executable, "-m", "bench.instruments.dry", str(folder / "answer.json")]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, cwd=folder)


def answer(running: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    """Wait for it; return what it wrote."""
    if running.wait(timeout=300):
        raise RuntimeError("the program failed on paper; what it said stands above")
    return json.loads((folder / "answer.json").read_text())


def measure(rounds: int = 3) -> list[Cost]:
    """Return the cost at each size: a distribution for each algorithm, fresh processes, the sizes in turns."""
    answers_by_size: dict[int, list[dict[str, Any]]] = {size: [] for size in SIZES}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            many.install(Path(folder) / "plugins" / str(size), size)
        for _ in range(rounds):
            for size, answers in answers_by_size.items():
                plugins = Path(folder) / "plugins" / str(size)
                answers.append(answer(start(plugins, Path(folder)), Path(folder)))
    return [
        Cost(
            size,
            Sample(tuple(each["registry_ms"] for each in answers)),
            Sample(tuple(each["program_ms"] for each in answers)),
            len(answers[0]["resources"]),
        )
        for size, answers in answers_by_size.items()
    ]

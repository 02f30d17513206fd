"""The programs of docs/clients.md run word for word, beside copies of the clients."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.local.program.project import ROOT

DOCUMENT = (ROOT / "docs/clients.md").read_text()
TYPESCRIPT = ROOT / "clients/web/node_modules/typescript"
# Node 20 reads no types: the compiler of the page's checks takes them away, file by file.
WITHOUT_TYPES = """
import { readFileSync, writeFileSync } from "node:fs";
import ts from "%s/lib/typescript.js";
const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
for (const name of ["client", "main"]) {
  const { outputText } = ts.transpileModule(readFileSync(`${name}.ts`, "utf8"), { compilerOptions: options });
  writeFileSync(`${name}.mjs`, outputText.replace('"./client"', '"./client.mjs"'));
}
"""


def block(language: str) -> str:
    """Return the document's one program in a language."""
    (text,) = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.M | re.S)
    return text


@pytest.fixture
def environment(api: str, slice_reference: dict[str, str]) -> dict[str, str]:
    names = {"STUDY": "study_id", "SERIES": "series_id", "IMAGE": "image_id"}
    return {**os.environ, "API_BASE": api, **{name: slice_reference[field] for name, field in names.items()}}


def printed(folder: Path, environment: dict[str, str], *command: str | Path) -> list[str]:
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=150
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_the_program_in_python(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(block("python"))
    environment["PYTHONPATH"] = str(ROOT)
    assert printed(tmp_path, environment, sys.executable, "main.py") == ["succeeded 3"] * 2


def test_the_program_in_typescript(environment: dict[str, str], tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not TYPESCRIPT.exists():
        pytest.skip("needs Node, and `npm ci` in clients/web")
    shutil.copy(ROOT / "clients/web/src/api/client.ts", tmp_path)
    (tmp_path / "main.ts").write_text(block("typescript"))
    (tmp_path / "compile.mjs").write_text(WITHOUT_TYPES % TYPESCRIPT.resolve())
    printed(tmp_path, environment, node, "compile.mjs")
    assert printed(tmp_path, environment, node, "main.mjs") == ["succeeded 3"] * 2

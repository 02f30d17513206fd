"""The README and the docs are true: their commands run word for word, their links lead somewhere.

A `bash` block runs, in order, in one shell a document, in a copy of the tree beside a running `imaging up`, and behind
a proxy that does not answer: what is said to this machine must not go there. A block
under `<!-- file: NAME -->` is written to that file first. `console` blocks are for the reader's eyes: they need AWS,
run for ever, or run these very tests.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from clients.cli.outputs import variables
from runtime.local.cloud import LocalCloud
from runtime.local.samples import mr_brain
from tests.clients.cli.intake import mixed

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "bench/*.md", "examples/**/*.md", "collection/*.md")
    for path in ROOT.glob(pattern)
    if "node_modules" not in path.parts
)
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Nothing listens there: a call that went to the proxy instead of the machine itself would fail.
PROXY = dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
RUN, SHOWN = {"bash"}, {"console", "text", "mermaid", "powershell", "python", "typescript", "toml", "json", "http"}


class Block(NamedTuple):
    """A fenced block: the file it is to be written to, its language tag and its text."""

    file: str | None
    language: str
    text: str


def blocks(document: Path) -> list[Block]:
    return [Block(found["file"], found["language"], found["text"]) for found in BLOCK.finditer(document.read_text())]


def absent(tool: str) -> NoReturn:
    """Skip a test that needs a tool which is not there; in CI, which installs all of them, fail."""
    message = f"needs {tool}"
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with a `.venv` of its own, which sees this environment's packages."""
    folder = tmp_path_factory.mktemp("docs") / "project"
    unwanted = shutil.ignore_patterns(".*", "out", "build", "dist", "node_modules", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=unwanted)
    environment = folder / ".venv"
    venv.create(environment, symlinks=True)
    packages = next(environment.glob("lib/python*/site-packages"))
    (packages / "outer.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    for script, module in (("imaging", "import sys; from clients.cli.main import main; sys.exit(main())"), ("pip", "")):
        path = environment / "bin" / script
        command = f"-c '{module}'" if module else "-m pip"
        path.write_text(f'#!/bin/sh\nexec "{environment}/bin/python" {command} "$@"\n')
        path.chmod(0o755)
    time.sleep(0.01)
    (environment / ".ready").touch()
    return folder


@pytest.fixture(scope="module")
def shell(clone: Path) -> dict[str, str]:
    """The environment of a reader's shell: nothing of the cloud, and pip without an index."""
    unwanted = ("AWS_", "PYTHON", "VIRTUAL_ENV", "NO_PROXY", "no_proxy")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    return {**kept, "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class Up:
    """`imaging up` in the first terminal, which keeps what the README's commands make."""

    FIRST = "imaging up --keep my-system"
    AGAIN = "imaging up --data my-scans --keep my-system"

    def __init__(self, clone: Path, shell: dict[str, str]) -> None:
        self._clone, self._shell = clone, shell
        self.log = clone / "up.log"

    def start(self, command_line: str) -> None:
        """Start it, and wait until it says that it is up."""
        command = [self._clone / ".venv/bin/imaging", *command_line.split()[1:]]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=self._clone, env=self._shell, stdout=log, stderr=log)
        deadline = time.monotonic() + 240
        while "The imaging services are up" not in self.log.read_text():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait(60) == 0, self.log.read_text()


@pytest.fixture(scope="module")
def running(clone: Path, shell: dict[str, str]) -> Iterator[Up]:
    """A running system in the copy of the tree."""
    up = Up(clone, shell)
    up.start(Up.FIRST)
    try:
        yield up
    finally:
        up.stop()
    assert not (clone / ".imaging").exists()


def run(script: str, clone: Path, shell: dict[str, str]) -> str:
    """Run a script in the second terminal; return what it printed."""
    done = subprocess.run(
        ["bash", "-c", script], cwd=clone, env=shell | PROXY, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.mark.parametrize(
    "document", [each for each in DOCUMENTS if any(b.language in RUN for b in blocks(each))], ids=name
)
@pytest.mark.timeout(800)
def test_commands_run_word_for_word(
    document: Path, clone: Path, shell: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if shutil.which("curl") is None and any("curl " in b.text for b in blocks(document) if b.language in RUN):
        absent("curl")
    request.getfixturevalue("running")
    script = ["set -euo pipefail"]
    for number, block in enumerate(blocks(document), start=1):
        if block.file:
            path = clone / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)
        if block.language in RUN:
            script += [f"echo '--- block {number}' >&2", block.text]
    run("\n".join(script), clone, shell)
    if name(document) == "README.md":
        for picture in ("before.png", "after.png", "out.png"):
            assert (clone / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.timeout(800)
def test_a_mixed_folder_is_counted_and_a_restart_keeps_everything(
    running: Up, clone: Path, shell: dict[str, str]
) -> None:
    assert Up.AGAIN in (ROOT / "README.md").read_text()
    images = 60
    mixed.write(clone / "my-scans", images)
    image = mr_brain()[0]
    activate = "set -euo pipefail\nexport PATH=$PWD/.venv/bin:$PATH\n"
    one = f"--study {image.study_id} --series {image.series_id} --image {image.image_id}"
    run(f"{activate}imaging client new\nimaging process gaussian {one} --save kept.png", clone, shell)
    job = json.loads(run(f"{activate}imaging jobs --limit 1 --json", clone, shell).splitlines()[0])
    addresses = run(f"{activate}imaging outputs --format json", clone, shell)
    running.stop()
    running.start(Up.AGAIN)
    told = running.log.read_text()
    assert f"{images:,} images taken (3 series of 1 study)" in told
    for reason, files in mixed.REFUSED.items():
        assert files == 1 or f"{files}  {reason}: " in told
    assert run(f"{activate}imaging outputs --format json", clone, shell) == addresses
    again = run(f"{activate}imaging jobs --limit 1 --json", clone, shell)
    assert json.loads(again.splitlines()[0])["job_id"] == job["job_id"]
    run(f"{activate}imaging fetch {job['job_id']} --save again.png\nimaging client remove", clone, shell)
    assert (clone / "again.png").read_bytes() == (clone / "kept.png").read_bytes()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_block_says_what_it_is_and_parses(document: Path) -> None:
    for block in blocks(document):
        assert block.language in RUN | SHOWN, f"a block without a known language: {block.text[:60]!r}"
        if block.language == "python":
            compile(block.text, name(document), "exec")
        elif block.language == "json":
            json.loads(block.text)
        elif block.language == "toml":
            tomllib.loads(block.text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(BLOCK.sub("", document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (document.parent / place) if place else document
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", target.read_text()), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, link


def test_every_output_and_variable_is_documented(deployed: LocalCloud) -> None:
    text = "".join(path.read_text() for path in (ROOT / "README.md", ROOT / "docs/architecture.md"))
    for output in deployed.outputs:
        assert f"`{output}`" in text, f"the stack output {output} is not documented"
    for variable in variables(deployed.outputs):
        pattern = re.sub(r"(REQ|RES)\d+_", r"\g<1>1_", variable)
        if pattern.endswith(("_REQUESTS_QUEUE", "_RESULTS_QUEUE")):
            pattern = f"GAUSSIAN_{pattern.rsplit('_', 2)[1]}_QUEUE"
        assert f"`{pattern}`" in text, f"the variable {variable} is not documented"


def test_every_algorithm_stands_in_the_readme() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "clients.cli", "algorithms", "--json"], capture_output=True, check=True
    )
    readme = (ROOT / "README.md").read_text()
    for entry in json.loads(listed.stdout):
        assert f"| `{entry['name']}` |" in readme

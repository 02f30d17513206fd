"""The README and the docs are true: their commands run word for word.

A `bash` block runs, in order, in one shell a document, in a copy of the tree beside a running `imaging up`, and behind
a proxy that does not answer: what is said to this machine must not go there. A block
under `<!-- file: NAME -->` is written to that file first. `console` blocks are for the reader's eyes: they need AWS,
run for ever, or run these very tests.
"""

import json
import os
import shutil
import sysconfig
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from clients.cli.client import Client
from runtime.local.samples import mr_brain
from tests.clients.cli.intake import mixed
from tests.docs.documents import DOCUMENTS, ROOT, RUN, blocks, name
from tests.docs.terminals import Up, run


def absent(tool: str) -> NoReturn:
    """Skip a test that needs a tool which is not there; in CI, which installs all of them, fail."""
    message = f"needs {tool}"
    pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


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
    client = Client(json.loads(addresses)["API_BASE"]).__enter__()  # it is to outlast this run
    reference = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}
    waiting = client.submit("gaussian", reference, {"sigma": 2})
    client.wait_for(waiting)  # and is not acknowledged
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
    [message] = client.poll()
    assert message["result"]["job_id"] == waiting
    client.acknowledge(message)
    later = client.submit("gaussian", reference, {"sigma": 3})
    assert client.wait_for(later)["result"]["status"] == "succeeded"
    client.__exit__(None, None, None)

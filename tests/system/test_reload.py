"""`imaging up --reload`: the author of a plugin saves its file, and the running system follows."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from clients.cli.client import Client
from clients.cli.local import record
from tests.system.test_plugins import IMAGING, environment

pytestmark = [pytest.mark.xdist_group("reload"), pytest.mark.timeout(600)]  # one system, in one process

PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "level-filter"
version = "1.0"

[project.entry-points."imaging.algorithms"]
level = "level_filter"

[tool.hatch.build.targets.wheel]
include = ["src/level_filter.py"]
sources = ["src"]
"""
PLUGIN = '''
from typing import Annotated

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl


def level(
    image: Image,
    seconds: Annotated[float, Parameter("how long", unit="s", ge=0, le=60)] = 0.0,
    gate: Annotated[str, Parameter("a file to wait for")] = "",
) -> Result:
    """Return one number."""
    import pathlib
    import time

    time.sleep(seconds)
    while gate and not pathlib.Path(gate).exists():
        time.sleep(0.05)
    return Result(measurements={"level": 1.0})


@hookimpl
def register_algorithms() -> list[Algorithm]:
    return [
        Algorithm("level", "Returns one number.", level, resources=Resources(min_tasks=1)),
    ]
'''


class Author:
    """Who saves the plugin's file, reads what `imaging up` prints, and calls the API."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "plugin/src/level_filter.py"
        self.log = folder / "log"
        self._read = 0

    def save(self, text: str) -> None:
        """Write the file; `printed` waits for what comes after it."""
        self._read = len(self.log.read_text()) if self.log.exists() else 0
        self.file.write_text(text)

    def printed(self, pattern: str, seconds: float = 120) -> str:
        """Wait for a line that was printed after the last save, and return it."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(f"^.*{pattern}.*$", self.log.read_text()[self._read :], re.M)):
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.02)
        return found[0]

    def outputs(self) -> dict[str, Any]:
        """Return the outputs that other terminals read."""
        return json.loads((self.folder / record.RECORD).read_text())["outputs"]

    def catalogue(self) -> dict[str, Any]:
        """Return the catalogue's entries by name."""
        answer = httpx.get(f"{self.outputs()['ProcessingApiEndpoint']}/algorithms", timeout=40)
        return {entry["name"]: entry for entry in answer.json()["algorithms"]}


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    """A running `imaging up --reload`, with a plugin that pip has installed editable from a scratch folder."""
    author = Author(tmp_path_factory.mktemp("reload"))
    packages = author.folder / "packages"
    author.file.parent.mkdir(parents=True)
    author.save(PLUGIN)
    (author.folder / "plugin/pyproject.toml").write_text(PYPROJECT)
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(packages)]
    subprocess.run([*command, "--editable", str(author.folder / "plugin")], check=True)
    variables = environment(packages, author.file.parent)  # a folder of --target reads no .pth
    command = [*IMAGING, "up", "--reload", "--no-web"]
    with author.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=author.folder, env=variables, stdout=log, stderr=log)
    try:
        author.printed(r"Watching .*/plugin/src \(level-filter\)", seconds=300)  # beside what compiles the engine
        yield author
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, author.log.read_text()


@pytest.fixture
def client(author: Author) -> Iterator[Client]:
    with Client(author.outputs()["ProcessingApiEndpoint"].rstrip("/")) as mine:
        yield mine


@pytest.fixture
def reference(author: Author) -> dict[str, str]:
    """The `pacs` part of a request for an image of the sample series, from what `imaging up` printed."""
    study, series, image = (
        re.search(rf"--{each} (\S+)", author.log.read_text()) for each in ("study", "series", "image")
    )
    assert study and series and image
    return {"study_id": study[1], "series_id": series[1], "image_id": image[1], "scope": "image"}


def level(client: Client, job_id: str) -> float:
    """Return the number that a job returned."""
    result = client.wait_for(job_id)["result"]
    assert result["status"] == "succeeded", result
    return result["measurements"]["level"]


def test_a_body_changes_for_later_jobs_and_the_running_one_ends(
    author: Author, client: Client, reference: dict[str, str]
) -> None:
    gate = author.folder / "gate"
    running = client.submit("level", reference, {"gate": str(gate)})
    while client.job(running)["state"] != "running":
        time.sleep(0.1)
    author.save(PLUGIN.replace("1.0", "2.0"))
    line = author.printed("reloaded level-filter in")
    assert "restarted the workers of level" in line and "deployed" not in line
    assert "old workers that end what they have and take no more jobs: 1" in line
    gate.touch()
    later = client.submit("level", reference, {})
    assert (level(client, later), level(client, running)) == (2.0, 1.0)


def test_the_last_of_several_quick_saves_counts(author: Author, client: Client, reference: dict[str, str]) -> None:
    author.save(PLUGIN.replace("1.0", "3.0"))
    author.file.write_text("def broken(")
    author.file.write_text(PLUGIN.replace("1.0", "4.0"))
    author.printed("reloaded level-filter in")
    assert level(client, client.submit("level", reference, {})) == 4.0


def test_an_error_is_told_with_its_place_and_the_last_good_code_goes_on(
    author: Author, client: Client, reference: dict[str, str]
) -> None:
    author.save(PLUGIN.replace("1.0", "5.0"))
    author.printed("reloaded level-filter in")
    author.save(PLUGIN.replace("time.sleep(seconds)", "time.sleep(seconds"))
    author.printed("not reloaded: level-filter; what ran goes on")
    assert f"{author.file}:" in author.printed("  at  ")
    assert "SyntaxError" in author.printed("  error  ")
    author.printed("  next  ")
    assert level(client, client.submit("level", reference, {})) == 5.0
    author.save(PLUGIN.replace('"Returns one number."', '""'))
    assert "summary" in author.printed("  error  ")
    assert set(author.catalogue()) >= {"level", "gaussian"}
    author.save(PLUGIN.replace("1.0", "6.0"))
    author.printed("reloaded level-filter in")
    assert level(client, client.submit("level", reference, {})) == 6.0


def test_a_declaration_and_a_new_algorithm_are_deployed_and_other_tasks_go_on(
    author: Author, client: Client, reference: dict[str, str]
) -> None:
    waiting = client.submit("gaussian", reference, {"sigma": 2})
    declared = PLUGIN.replace("le=60", "le=7").replace("1.0", "7.0")
    second = '        Algorithm("level-two", "Returns it again.", level),\n    ]'
    author.save(declared.replace("    ]\n", f"{second}\n"))
    line = author.printed("reloaded level-filter in")
    assert "deployed what is declared; added level-two; restarted the workers of level" in line
    catalogue = author.catalogue()
    assert catalogue["level"]["parameters"]["properties"]["seconds"]["maximum"] == 7
    document = httpx.get(f"{author.outputs()['ProcessingApiEndpoint']}/openapi.json", timeout=40).json()
    assert "/process/level-two" in document["paths"]
    assert set(author.outputs()["RequestQueues"]) == set(catalogue)
    assert client.wait_for(waiting)["result"]["status"] == "succeeded"
    jobs = [client.submit(name, reference, {"seconds": 0}) for name in ("level", "level-two")]
    assert [level(client, each) for each in jobs] == [7.0, 7.0]
    author.save(declared)
    assert "removed level-two with its queues" in author.printed("reloaded level-filter in")
    assert "level-two" not in author.catalogue()

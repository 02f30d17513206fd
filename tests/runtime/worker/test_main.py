"""A worker that cannot work logs the reason and ends with status 1."""

import pytest

from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Site


def refusal(worker: WorkerProcess) -> str:
    assert worker.process.wait(20) == 1
    (line,) = worker.log("worker_refused")
    return str(line["error"])


def test_an_incomplete_environment_is_refused(site: Site) -> None:
    with site.worker(TABLE_NAME="", LEASE_SECONDS="soon") as worker:
        error = refusal(worker)
    assert "TABLE_NAME is not set" in error and "LEASE_SECONDS is 'soon'" in error


def test_an_algorithm_that_is_not_installed_is_refused(site: Site) -> None:
    with site.worker(ALGORITHM="sharpen") as worker:
        error = refusal(worker)
    assert "sharpen" in error and "gaussian" in error and "moody" in error


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("raise RuntimeError('no licence')", "no licence"),
        ("import os\nos._exit(3)", "died while it loaded moody_long"),
    ],
)
def test_a_broken_plugin_is_refused(site: Site, line: str, words: str) -> None:
    plugin = site.folder / "plugin" / "moody.py"
    plugin.write_text(plugin.read_text() + f"\n{line}\n")
    with site.worker() as worker:
        error = refusal(worker)
    assert words in error and "moody" in error


def test_a_temporary_folder_with_a_long_path_does_not_matter(site: Site) -> None:
    folder = site.folder / ("deep-" * 20) / "tmp"
    folder.mkdir(parents=True)
    with site.worker(TMPDIR=str(folder)):
        (result,) = site.client.wait(site.send())
    assert result.status == "succeeded"

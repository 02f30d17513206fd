"""A worker prepares its algorithm once, before it receives a job; one that cannot ends with the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.runtime.worker.new_site import new_site
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.site import Shared, Site

SECONDS = 120  # on a busy machine


@pytest.fixture
def loaded(cloud: Emulator, shared: Shared, tmp_path: Path) -> Iterator[Site]:
    """A site of the algorithm that loads something first."""
    with new_site(cloud, shared, tmp_path, "loaded") as site:
        yield site


def test_it_is_loaded_once_for_all_jobs_and_where_no_credentials_are(loaded: Site) -> None:
    with loaded.worker() as worker:
        killed, *others = loaded.client.wait(loaded.send("killed"), loaded.send(), loaded.send(), seconds=SECONDS)
        (line,) = worker.log("algorithm_prepared")
    (process,) = runs(loaded.runs_file, "load")
    assert killed.status == "failed"
    for result in others:
        assert (result.measurements["process"], result.measurements["secrets"]) == (process, 0)
        assert result.measurements["own"] != process
    assert line["seconds"] >= 0 and line["algorithm"] == "loaded"


def test_a_worker_that_cannot_load_it_takes_no_job(loaded: Site) -> None:
    loaded.send()
    with loaded.worker(LOADED_WAY="raises") as worker:
        assert worker.process.wait(SECONDS) == 1
        (line,) = worker.log("worker_refused")
        said = "".join(each["text"] for each in worker.log("algorithm_output"))
    assert "load raised ValueError: the model is of another release (loaded.py, line " in line["error"]
    assert loaded.left() == (1, 0)
    assert "in load" in said  # the traceback
    assert len(runs(loaded.runs_file, "load")) == 1


def test_a_worker_with_other_weights_takes_no_job(loaded: Site) -> None:
    package = loaded.folder / "plugin" / "loaded_model"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "model.txt").write_text("of another release")
    loaded.send()
    with loaded.worker(LOADED_WAY="weights") as worker:
        assert worker.process.wait(SECONDS) == 1
        (line,) = worker.log("worker_refused")
    assert "weights model.txt of loaded_model: the file's SHA-256 is " in line["error"]
    assert loaded.left() == (1, 0)
    assert runs(loaded.runs_file, "load") == []

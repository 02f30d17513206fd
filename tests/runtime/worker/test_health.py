"""A worker that hangs is detected."""

import os
import time
from pathlib import Path

import pytest

from runtime.worker import health
from runtime.worker.health import FILE_SECONDS, THREAD_SECONDS, Health
from tests.runtime.worker.site import Site


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(health, "file", lambda: tmp_path / "goes-on")


def test_a_worker_that_goes_on_is_healthy() -> None:
    going = Health()
    going.sign_of_life()
    going.report()
    assert health.main() == 0


def test_a_worker_that_has_not_begun_is_not() -> None:
    assert health.main() == 1


def test_a_worker_without_a_sign_of_life_is_not() -> None:
    health.file().touch()
    old = time.time() - FILE_SECONDS - 1
    os.utime(health.file(), (old, old))
    assert health.main() == 1


def test_a_thread_that_hangs_ends_the_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = Health()
    hanging.sign_of_life()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + THREAD_SECONDS + 1)
    hanging.report()
    assert hanging.hanging() == ["MainThread"] and not health.file().exists()


def test_a_running_worker_gives_signs_of_life_and_leaves_none_behind(site: Site) -> None:
    file = site.folder / "tmp" / "imaging-worker-goes-on"
    with site.worker() as worker:
        worker.wait_log("worker_started")
        before = file.stat().st_mtime
        deadline = time.monotonic() + 60
        while file.stat().st_mtime == before:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert worker.stop() == 0
    assert not file.exists()

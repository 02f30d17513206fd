"""What is in the images, how large it is, and that the same input gives the same layers."""

import json
import os
import shutil
from itertools import takewhile
from pathlib import Path

import pytest

from runtime.containers import PLATFORM, lock
from tests.images.conftest import IMAGES, tell
from tests.images.root import Root
from tests.images.store import Store

MEBI = 1 << 20
# Compressed by gzip, as images are pushed: today's size and some room, so that what grows is noticed.
LARGEST_SHARED = 66 * MEBI
LARGEST = {"imaging-services-worker": 250, "imaging-services-pacs": 80, "processing-1-worker": 130}
OWN = {PLATFORM, "processing-1"}
thorough = pytest.mark.skipif(
    os.environ.get("IMAGING_IMAGES") != "thorough", reason="`make images THOROUGH=1` builds more than once"
)
INSTALLED = "import importlib.metadata as m, json; print(json.dumps([[d.name, d.version] for d in m.distributions()]))"


@pytest.mark.parametrize("name", IMAGES)
def test_nothing_outside_the_lock_is_in_it(roots: dict[str, Root], name: str) -> None:
    pins = {pin.requirement.split(" ")[0] for pin in lock.read()}
    found = [
        (lock.normalised(each), version) for each, version in json.loads(roots[name].run("python", "-c", INSTALLED))
    ]
    assert [
        f"{each}=={version}" for each, version in found if each not in OWN and f"{each}=={version}" not in pins
    ] == []


@pytest.mark.parametrize("name", IMAGES)
def test_its_packages_have_what_they_need(roots: dict[str, Root], name: str) -> None:
    said = roots[name].run("/usr/bin/python3", "-m", "pip", "--python", "/opt/venv/bin/python", "check")
    assert said == "No broken requirements found."


@pytest.mark.parametrize("name", IMAGES)
def test_it_runs_as_its_user_who_can_write_to_its_home_alone(roots: dict[str, Root], name: str) -> None:
    root = roots[name]
    assert root.run("id", "-un") == "imaging"
    assert root.run("id", "-u") == "10001"
    assert root.run("sh", "-c", "echo $HOME && touch $HOME/file") == "/tmp"
    assert root.run("sh", "-c", "find / -xdev -type d -writable 2>/dev/null || true") == "/tmp"


@pytest.mark.parametrize("name", IMAGES)
def test_nothing_is_left_to_compile_at_the_start(roots: dict[str, Root], name: str) -> None:
    assert roots[name].run("sh", "-c", "ls -d /opt/venv/lib/python3*/site-packages/runtime/worker/__pycache__")


def told(store: Store, name: str, compression: str, base: int) -> list[int]:
    """Print and return the sizes of an image's layers above its base."""
    sizes = [layer.compressed for layer in store.layers(name, compression)[base:]]
    shown = ", ".join(f"{size / MEBI:.1f}" for size in sizes)
    tell(f"{name}: {sum(sizes) / MEBI:.0f} MiB by {compression} without the base ({shown})")
    return sizes


def test_the_layers_are_shared_and_bounded(store: Store) -> None:
    base = len(store.contents("python:3.13.15-slim-trixie"))
    for name in IMAGES:
        sizes = told(store, name, "gzip", base)
        assert sum(sizes[:3]) <= LARGEST_SHARED
        assert sum(sizes) <= LARGEST[name] * MEBI
    shared = [store.contents(name)[: base + 3] for name in IMAGES]
    assert shared[0] == shared[1] == shared[2], "the user, the platform's packages and its code are the same"


@thorough
def test_zstd_makes_it_smaller(store: Store) -> None:
    base = len(store.contents("python:3.13.15-slim-trixie"))
    gzip, zstd = (sum(told(store, "imaging-services-worker", each, base)) for each in ("gzip", "zstd"))
    assert zstd < gzip


@thorough
def test_a_changed_plugin_pushes_its_own_layer_alone(store: Store, contexts: dict[str, Path]) -> None:
    changed = contexts["processing-1-worker"].with_name("changed")
    shutil.copytree(contexts["processing-1-worker"], changed)
    source = changed / "plugin/src/processing_1.py"
    source.write_text(source.read_text() + "# changed\n")
    store.build(changed, "changed")
    before, after = store.contents("processing-1-worker"), store.contents("changed")
    same = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=True))]
    assert len(same) == len(before) - 1


@thorough
def test_the_same_input_gives_the_same_layers(store: Store, contexts: dict[str, Path]) -> None:
    store.build(contexts["imaging-services-pacs"], "again", fresh=True)
    assert store.contents("again") == store.contents("imaging-services-pacs")

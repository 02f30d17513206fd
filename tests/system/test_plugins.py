"""Installing a distribution is the only step: `imaging up` then serves its algorithm, or says what is wrong with it."""

import subprocess
from pathlib import Path

import httpx
import pytest

from clients.cli.local import record
from clients.cli.local.sample import SampleImage
from tests.system.running import IMAGING, environment, install, up


def processing(folder: Path, algorithm: str, image: SampleImage, *options: str) -> "subprocess.Popen[str]":
    """Start a job on a series, whose files go into a folder of the algorithm's name."""
    reference = ["--study", image.study_id, "--series", image.series_id, "--scope", "series"]
    command = [*IMAGING, "process", algorithm, *reference, *options, "--save", algorithm]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example distributions, in a folder of their own."""
    target = tmp_path_factory.mktemp("installed")
    install(target)
    return target


@pytest.mark.timeout(300)
def test_an_installed_distribution_is_served_and_an_uninstalled_one_is_not(
    installed: Path, tmp_path: Path, api: str, images: list[SampleImage]
) -> None:
    image = images[0]
    with up(tmp_path, environment(installed)) as addresses:
        second = subprocess.run([*IMAGING, "up"], cwd=tmp_path, capture_output=True, text=True, timeout=30)
        assert second.returncode == 1 and "already runs in this folder" in second.stderr
        assert "a new account" not in (tmp_path / "log").read_text()  # a warning for those who deploy to AWS
        assert "PROCESSING_1_REQUESTS_QUEUE" in addresses
        assert "PROCESSING_1_RESULTS_QUEUE" in addresses
        catalogue = httpx.get(f"{addresses['API_BASE']}/algorithms", timeout=40).json()["algorithms"]
        entry = next(each for each in catalogue if each["name"] == "processing_1")
        assert entry["distribution"] != "imaging-services"
        document = httpx.get(f"{addresses['API_BASE']}/openapi.json", timeout=40).json()
        assert "/process/processing_1" in document["paths"]
        scope = ["--scope", "series"] if "image" not in entry["scopes"] else ["--image", image.image_id]
        reference = ["--study", image.study_id, "--series", image.series_id, *scope]
        command = [*IMAGING, "process", "processing_1", *reference, "--save", "result"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=90)
        assert done.returncode == 0, done.stderr
        assert all((tmp_path / line).stat().st_size for line in done.stdout.splitlines() if line.startswith("result/"))
        assert list((tmp_path / "result").iterdir())
        moving = ["--input", f"moving={image.study_id}/{image.series_id}", "-p", "samples=0.02", "-p", "iterations=2"]
        files = {
            "vessel_filter": {"image.mha", "image-mosaic.png"},
            "registration": {"transform.tfm", "difference.mha"},
            "tissue_segmentation": {"tissue.mha", "centres.mrk.json"},
        }
        jobs = {name: processing(tmp_path, name, image, *(moving if name == "registration" else [])) for name in files}
        for name, job in jobs.items():
            _, errors = job.communicate(timeout=120)
            assert job.returncode == 0, errors
            assert files[name] <= {each.name for each in (tmp_path / name).iterdir()}
    names = {each["name"] for each in httpx.get(f"{api}/algorithms", timeout=40).json()["algorithms"]}
    assert "processing_1" not in names
    assert "gaussian" in names


def test_a_broken_plugin_stops_the_program_and_is_named(tmp_path: Path) -> None:
    metadata = tmp_path / "broken_blur-3.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-blur\nVersion: 3.1\n")
    (metadata / "entry_points.txt").write_text("[imaging.algorithms]\nblur = broken_blur\n")
    (tmp_path / "broken_blur.py").write_text("import no_such_package\n")
    refused = subprocess.run(
        [*IMAGING, "up"], cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, timeout=60
    )
    assert refused.returncode != 0
    for word in ("'blur'", "broken-blur 3.1", "no_such_package"):
        assert word in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / record.RECORD).exists()

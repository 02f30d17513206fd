"""What the Dockerfile makes of a context."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.containers import PLATFORM, build_context, context


def test_the_platform_in_the_image_installs_and_has_what_services_run(tmp_path: Path) -> None:
    target = build_context(PLATFORM, "worker", tmp_path)
    wheels = tmp_path / "wheels"
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(wheels)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(target.folder / "platform.tar")], check=True)
    (wheel,) = wheels.glob("*.whl")
    code = "import imaging, runtime.worker.__main__, runtime.pacs.__main__, sys; print(runtime.worker.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(wheel)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(wheel) in done.stdout, done.stderr


@pytest.mark.parametrize("name", ["Dockerfile", "plugin.Dockerfile"])
def test_every_base_is_pinned_by_its_digest(name: str) -> None:
    bases = [line.split()[1] for line in (context.HERE / name).read_text().splitlines() if line.startswith("FROM")]
    official = [each for each in bases if ":" in each]
    assert official and all(
        re.fullmatch(r"python:3\.13\.\d+(-slim)?-trixie@sha256:[0-9a-f]{64}", each) for each in official
    )


def test_the_image_is_slim_not_root_and_has_a_home() -> None:
    text = (context.HERE / "Dockerfile").read_text()
    assert "-slim-" in text.split("FROM ")[1]
    assert text.splitlines()[-1] == "USER 10001:10001"
    assert "imaging:x:10001:10001::/tmp:" in text and " HOME=/tmp " in text

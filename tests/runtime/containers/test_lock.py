"""Which packages of the lock a container image installs."""

from pathlib import Path

from runtime.containers import lock
from runtime.local.program.project import ROOT

LOCK = """\
alpha==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:aa \\
    --hash=sha256:ab
    # via imaging-services (pyproject.toml)
alpha==2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:ba
    # via imaging-services (pyproject.toml)
beta-two==3 \\
    --hash=sha256:ca
    # via
    #   alpha
    #   gamma
gamma==4 \\
    --hash=sha256:da
    # via imaging-services (pyproject.toml)
"""


def test_a_pin_is_kept_as_it_is_with_its_hashes(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(LOCK)
    first, second, beta, _ = lock.read(tmp_path / "lock")
    assert first.text == "alpha==1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:aa \\\n    --hash=sha256:ab"
    assert (first.name, second.requirement) == ("alpha", "alpha==2.0 ; python_full_version >= '3.12'")
    assert beta.parents == {"alpha", "gamma"}


def test_a_package_brings_what_it_depends_on_in_every_version(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(LOCK)
    chosen = lock.closure(lock.read(tmp_path / "lock"), {"alpha"})
    assert [pin.requirement.split(" ")[0] for pin in chosen] == ["alpha==1.0", "alpha==2.0", "beta-two==3"]


def test_every_extra_of_the_platform_is_in_the_lock() -> None:
    pins = {pin.name for pin in lock.read()}
    for extra in ("worker", "builtin", "pacs"):
        assert lock.extra_requirements([extra]) <= pins


def test_a_requirement_on_an_extra_of_the_platform_stands_for_what_it_holds() -> None:
    assert "simpleitk" in lock.required(["imaging-services[builtin]>=0.1", "numpy"])
    assert lock.required(["My_Package[fast] >= 1 ; python_version > '3'"]) == {"my-package"}


def test_the_whole_lock_is_read() -> None:
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if line[:1].isalnum()]
    assert [pin.requirement for pin in lock.read()] == [line.removesuffix(" \\") for line in lines]

"""The place for outputs is looked at before a job is sent."""

from pathlib import Path

import click
import pytest

from clients.cli.jobs import place

CONTEXT, OPTION = click.Context(click.Command("process")), click.Option(["--save"])


@pytest.mark.parametrize("name", ["out.dcm", "out.nii", "out.PNG", "archive.tar.gz"])
def test_unknown_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(click.BadParameter, match=r"known are \.png, \.jpg, \.mha, \.nii\.gz, \.csv, \.json"):
        place.check(CONTEXT, OPTION, tmp_path / name)


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(click.BadParameter, match="is no folder that you may write to"):
        place.check(CONTEXT, OPTION, tmp_path / "file" / "out.png")


def test_a_folder_may_have_a_dot_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "v1.2").mkdir()
    assert place.check(CONTEXT, OPTION, tmp_path / "v1.2") == place.Target(tmp_path / "v1.2", "")


def test_a_place_that_its_file_system_refuses_is_named_before_the_job_is_sent() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    with pytest.raises(click.BadParameter, match="/proc is no folder that you may write to"):
        place.check(CONTEXT, OPTION, Path("/proc/new/out.png"))

"""`imaging put`: what is wrong with a call is said before anything is read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from clients.cli.main import main


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pattern", "{study_id}/{series_id}/{image_id}"], "--pattern belongs to --bucket"),
        (
            ["--bucket", "b", "--pattern", "{image_id}/{series_id}/{study_id}"],
            "the key pattern '{image_id}/{series_id}",
        ),
    ],
)
def test_a_pattern_that_cannot_be_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-south-1")
    answer = CliRunner().invoke(main, ["put", str(tmp_path), *options])
    assert answer.exit_code == 2
    assert said in answer.output and "Traceback" not in answer.output

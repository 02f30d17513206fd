"""Names and ids are checked before a call is made, and the answer says what was probably meant."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from clients.cli.main import main

JOB = "0" * 32


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("statsu", "No such command 'statsu'. Did you mean 'status'?"),
        ("retry nope", "nope is no id of a job, 32 digits and letters from a to f; `imaging jobs` lists them"),
        (f"retry b-{JOB}", f"b-{JOB} is a batch; `imaging jobs --batch b-{JOB}` lists its jobs"),
        ("fetch nope", "nope is no id of a job or batch, as `imaging process` and `imaging jobs` print it"),
        ("cancel nope", "nope is no id of a job or batch"),
        (f"jobs --batch {JOB}", f"{JOB} is no id of a batch, b- and 32 digits"),
        ("retry --failed --reason input_not_fond", "input_not_fond is no reason; did you mean input_not_found?"),
        ("failures --reason zzz", "zzz is no reason; there are "),
        ("failures --retry nope", "nope is no id of a job"),
        ("cost --stack prd", "there is no Pulumi.prd.yaml; there are dev, and without --stack the defaults"),
        ("cost --stack dve", "there is no Pulumi.dve.yaml; did you mean dev?"),
    ],
)
def test_what_is_no_name_is_refused_with_what_was_meant(
    arguments: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, arguments.split())
    assert done.exit_code in (1, 2) and said in done.stderr

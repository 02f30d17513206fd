"""The lasting client's file, and what a failed call is told as."""

import errno
import os
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner

from clients.cli.commands import client as client_command
from clients.cli.jobs import account
from clients.cli.local import record
from clients.cli.main import main

CLIENT = {"client_id": "0" * 16, "client_token": "token", "queue_url": "http://queue"}


def test_the_file_is_its_owners_alone_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "client.json"
    before = os.umask(0)
    try:
        account.write(file, "http://api", CLIENT)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert account.read(file) == {"api": "http://api", **CLIENT}
    with pytest.raises(FileExistsError):
        account.write(file, "http://api", CLIENT)


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "client.json"
    account.write(file, "http://api", CLIENT)
    file.chmod(0o640)
    with pytest.raises(click.ClickException, match="other users may read"):
        account.read(file)


@pytest.mark.parametrize(("text", "words"), [(None, "there is no"), ("{}", "cannot be read"), ("[", "cannot be read")])
def test_a_file_that_is_no_client_says_what_to_do(tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "client.json"
    if text is not None:
        file.touch(0o600)
        file.write_text(text)
    with pytest.raises(click.ClickException, match=f"{words}.*new"):
        account.read(file)


@pytest.mark.parametrize(
    ("api", "expected"), [(None, "http://api"), ("http://api/", "http://api"), ("http://other", None)]
)
def test_a_lasting_client_is_used_at_its_own_api_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: str | None, expected: str | None
) -> None:
    monkeypatch.chdir(tmp_path)  # where nothing is up
    file = tmp_path / "client.json"
    account.write(file, "http://api", CLIENT)
    address, known = account.choose(file, api)
    assert (known or {}).get("api") == expected
    assert address == (expected or "http://other")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("refused"), "http://api cannot be reached: refused"),
        (httpx.InvalidURL("Invalid port: ':1'"), "http://api is no address: Invalid port: ':1'; write http://host"),
        (
            httpx.ConnectError("refused", request=httpx.Request("GET", "http://s3/key?X-Amz-Signature=secret")),
            "http://s3/key cannot be reached: refused",
        ),
        (
            httpx.HTTPStatusError(
                "for url http://s3/key?X-Amz-Signature=secret",
                request=httpx.Request("GET", "http://s3/key?X-Amz-Signature=secret"),
                response=httpx.Response(403),
            ),
            "http://s3/key cannot be reached: it answered 403 Forbidden",
        ),
    ],
)
def test_the_address_that_failed_is_named_without_its_signature(
    error: Exception, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, account.faults("http://api"):
        raise error
    assert ended.value.code == account.UNREACHABLE
    told = capsys.readouterr().err
    assert words in told and "secret" not in told


def test_bytes_that_are_no_text_are_wrong_usage() -> None:
    with (
        pytest.raises(click.UsageError, match="'sigma\\\\udcff' has bytes that are no text"),
        account.faults("http://api"),
    ):
        "sigma\udcff".encode()


def test_a_client_whose_file_cannot_be_written_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    removed: list[str] = []
    monkeypatch.setattr(client_command.Client, "provision", lambda self: CLIENT)
    monkeypatch.setattr(client_command.Client, "remove", lambda self: removed.append(self.client_id))
    place = str(tmp_path / "file" / "client.json")
    run = CliRunner().invoke(main, ["client", "new", "--api", "http://api", "--client", place])
    assert (run.exit_code, len(removed)) == (1, 1)
    assert run.output.startswith("Error: ") and "file" in run.output and "Traceback" not in run.output


def test_a_file_that_could_not_be_written_whole_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(account.json, "dumps", full)
    file = tmp_path / "client.json"
    with pytest.raises(OSError, match="No space left on device") as error:
        account.write(file, "http://api", CLIENT)
    assert error.value.filename == str(file) and not file.exists()


def test_the_client_of_a_system_that_is_gone_can_be_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record.write({"ProcessingApiEndpoint": "http://other"}, os.getpid(), {})
    account.write(account.FILE, "http://api", CLIENT)

    def silent(self: object) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(client_command.Client, "remove", silent)
    refused = CliRunner().invoke(main, ["client", "remove"])
    assert refused.exit_code == account.UNREACHABLE and account.FILE.exists()
    assert "belongs to http://api, not to the system that is up here" in refused.stderr
    assert "`imaging client remove --forget`" in refused.stderr
    assert CliRunner().invoke(main, ["client", "remove", "--forget"]).exit_code == 0
    assert not account.FILE.exists() and record.owner()


def test_an_address_that_does_not_answer_says_what_to_start_or_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(each, raising=False)
    error = httpx.ConnectError("refused")
    assert account.unreachable(error, "http://127.0.0.1:1/x").endswith("start `imaging up` there, or check the address")
    assert account.unreachable(error, "https://example.org/x").endswith("check the address and the network")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert account.unreachable(error, "https://example.org/x").endswith("network and the proxy in HTTPS_PROXY")

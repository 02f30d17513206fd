"""What is sent with jobs is checked before the first call, and a secret is shown by no error."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clients.cli.commands.process import process
from clients.cli.jobs import callback_options

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text(SECRET + "\n")
    return file


def test_a_callback_is_an_address_and_the_secret_of_a_file(secret: Path) -> None:
    assert callback_options.callback("https://hooks.example.org/a", secret) == {
        "url": "https://hooks.example.org/a",
        "secret": SECRET,
    }
    assert callback_options.callback(None, None) == {}


def test_one_without_the_other_is_refused(secret: Path) -> None:
    for url, file in (("https://hooks.example.org", None), (None, secret)):
        with pytest.raises(click.UsageError, match="given together"):
            callback_options.callback(url, file)


def test_no_address_is_refused(secret: Path) -> None:
    with pytest.raises(click.BadParameter, match="is no address"):
        callback_options.callback("hooks.example.org", secret)


@pytest.mark.parametrize("text", ["", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_"), "whsec_é" + "a" * 40])
def test_a_file_with_something_else_is_refused_without_showing_it(secret: Path, text: str) -> None:
    secret.write_text(text)
    with pytest.raises(click.BadParameter, match=r"what .*secret holds must be") as refusal:
        callback_options.callback("https://hooks.example.org", secret)
    assert not text or text not in refusal.value.message


def test_a_secret_that_others_may_read_is_refused(secret: Path) -> None:
    secret.chmod(0o644)
    with pytest.raises(click.BadParameter, match="chmod 600"):
        callback_options.callback("https://hooks.example.org", secret)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--callback-secret-file", "nowhere"), "does not exist"),
        (("--callback", "https://a"), "given together"),
        (("--traceparent", "00-nonsense"), "is not 00-<32"),
    ],
)
def test_the_command_says_so_before_it_calls(arguments: tuple[str, ...], words: str) -> None:
    said = CliRunner().invoke(process, ["gaussian", "--study", "1", "--api", "http://127.0.0.1:9", *arguments])
    assert said.exit_code == 2 and words in " ".join(said.output.split()).replace("│ ", ""), said.output


@pytest.mark.parametrize("text", ["garbage", "00-abc", f"00-{'0' * 32}-{'1' * 16}-01", f"00-{'A' * 32}-{'1' * 16}-01"])
def test_a_trace_that_is_none_is_refused_as_an_option_and_left_out_of_the_environment(text: str) -> None:
    @click.command()
    @callback_options.options
    def told(callback_url: str | None, secret_file: Path | None, traceparent: str) -> None:
        click.echo(f"sent {traceparent!r}")

    refused = CliRunner().invoke(told, ["--traceparent", text])
    assert refused.exit_code == 2 and "is not 00-<32" in refused.stderr
    done = CliRunner().invoke(told, env={"TRACEPARENT": text})
    assert (done.exit_code, done.stdout) == (0, "sent ''\n")
    assert done.stderr.startswith("note: TRACEPARENT is left out: ")

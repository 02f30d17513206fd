"""`imaging outputs`: the stack's outputs as environment variables."""

import json
import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, Final, TextIO

import click

from clients.cli.local import proxies, record

# Each of these ends a single-quoted string in PowerShell; doubling escapes it.
_POWERSHELL_QUOTES: Final = re.compile("['\u2018\u2019\u201a\u201b]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def variables(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the environment variables of a stack's outputs; raise ClickException that names what is missing."""
    try:
        requests, results = outputs["RequestQueues"], outputs["ResultQueues"]
        values = {
            "API_BASE": outputs["ProcessingApiEndpoint"].rstrip("/"),
            "PACS_API_BASE": outputs["PacsApiLB"].rstrip("/"),
            "RESULTS_TOPIC_ARN": outputs["ImageResultsTopicArn"],
        }
        for number, algorithm in enumerate(sorted(requests), start=1):
            values[f"REQ{number}_QUEUE"] = requests[algorithm]
            values[f"RES{number}_QUEUE"] = results[algorithm]
        for algorithm in sorted(requests):
            name = _variable(algorithm)
            if f"{name}_REQUESTS_QUEUE" in values:
                raise click.ClickException(f"two algorithms would share the variable {name}_REQUESTS_QUEUE")
            values[f"{name}_REQUESTS_QUEUE"] = requests[algorithm]
            values[f"{name}_RESULTS_QUEUE"] = results[algorithm]
    except (KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f"these are not the outputs of an imaging stack: {error!r}") from error
    for name, value in values.items():
        if not isinstance(value, str) or _CONTROL.search(value):
            raise click.ClickException(f"the value of {name} is not one line of text: {value!r}")
    return values


def _variable(algorithm: str) -> str:
    name = re.sub(r"\W", "_", algorithm, flags=re.ASCII).upper()
    return f"_{name}" if name[0].isdigit() else name  # no shell takes a variable that begins with a digit


def _powershell(value: str) -> str:
    return "'" + _POWERSHELL_QUOTES.sub(r"\g<0>\g<0>", value) + "'"


def _dotenv(value: str) -> str:
    # Single quotes keep every character as it is, but cannot contain a single quote.
    return f"'{value}'" if "'" not in value else '"' + re.sub(r'([\\"$`])', r"\\\1", value) + '"'


def _lines(line: Callable[[str, str], str]) -> Callable[[Mapping[str, str]], str]:
    return lambda values: "\n".join(line(name, value) for name, value in values.items())


FORMATS: Final[dict[str, Callable[[Mapping[str, str]], str]]] = {
    "bash": _lines(lambda name, value: f"export {name}={shlex.quote(value)}"),
    "powershell": _lines(lambda name, value: f"$env:{name} = {_powershell(value)}"),
    "dotenv": _lines(lambda name, value: f"{name}={_dotenv(value)}"),
    "json": lambda values: json.dumps(values, indent=2),
}


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="bash", show_default=True)
@click.option(
    "--file",
    "source",
    type=click.File(),
    help="A file that `pulumi stack output --json` wrote, or - for standard input.",
)
def outputs(form: str, source: TextIO | None) -> None:
    """Print the addresses of the running system as environment variables.

    \b
    bash        eval "$(imaging outputs --format bash)"
    PowerShell  imaging outputs --format powershell | Out-String | Invoke-Expression
    """
    shell: dict[str, str] = {}
    if source is None:
        stack, shell = record.read(), proxies.for_a_shell()
    else:
        try:
            stack = json.load(source)
        except ValueError as error:
            raise click.ClickException(f"{source.name} is not JSON: {error}") from error
        if not isinstance(stack, dict):
            raise click.ClickException(f"{source.name} is not a JSON object of stack outputs")
    click.echo(FORMATS[form](variables(stack) | shell))

"""`imaging cost`: the cost of a stack at rest and of each job, line by line."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from algorithms.declaration import Resources
from clients.cli.cost import bill
from clients.cli.cost.bill import Line
from clients.cli.cost.billed_stack import Stack
from clients.cli.terminal.names import near
from runtime.operation import prices

SIZES = (0, 10, 100)
NATS = ("none", "single", "one-per-az")


@click.command()
@click.option("--stack", "name", help="Read Pulumi.<stack>.yaml; without it the defaults of Pulumi.yaml.")
@click.option(
    "--prices", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A price file of your own."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def cost(name: str | None, file: Path | None, as_json: bool) -> None:
    """Print what a stack costs in a month without a job, and what one job costs.

    The list prices are those of one day and one region: check them, or give a price file of your own.
    """
    from algorithms.registry import RegistryError, load_registry

    try:
        answer = estimate(
            name, prices.read(file or prices.FILE), [each.algorithm.resources for each in load_registry().values()]
        )
    except FileNotFoundError as error:
        raise click.ClickException(f"there is no {Path(error.filename).name}{_stacks(name or '')}") from error
    except (RegistryError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(answer, indent=2))
    else:
        click.echo(text(answer))
        click.echo(f"With what is installed here: ${answer['at_rest']['installed']['total']:.2f} a month at rest.")


def _stacks(name: str) -> str:
    """Return the stack that was probably meant, or what to do if none was."""
    from runtime.local.program.project import ROOT

    known = [each.name.split(".")[1] for each in ROOT.glob("Pulumi.*.yaml")]
    return near(name, known) or f"; there are {', '.join(sorted(known)) or 'none'}, and without --stack the defaults"


def estimate(name: str | None, known: prices.Prices, installed: Sequence[Resources]) -> dict[str, Any]:
    """Return the whole answer; `installed` are the declarations of the installed algorithms."""
    from runtime.local.program.project import configuration, project_name

    stack = Stack.of(configuration(name), project_name())
    sizes: dict[str, Sequence[Resources]] = {str(size): [Resources()] * size for size in SIZES}
    at_rest = {
        size: bill.at_rest(stack, known, declared) for size, declared in {**sizes, "installed": installed}.items()
    }
    ways = {nat: bill.total(bill.network(dataclasses.replace(stack, nat=nat), known)) for nat in NATS}
    return {
        "stack": name or "defaults",
        "prices": {"date": known.date, "region": known.region},
        "at_rest": {size: _lines(lines) for size, lines in at_rest.items()},
        "per_job": _lines(bill.per_job(stack, known, Resources())),
        "ways_out": ways,
        "cheapest": min(ways, key=lambda nat: ways[nat]),
    }


def _lines(lines: Sequence[Line]) -> dict[str, Any]:
    return {"lines": [dataclasses.asdict(line) for line in lines], "total": bill.total(lines)}


def text(answer: dict[str, Any]) -> str:
    """Return the answer as Markdown tables, as they are printed and as docs/operations.md has them."""
    rest, job, known = answer["at_rest"], answer["per_job"], answer["prices"]
    columns = [rest[str(size)] for size in SIZES]
    rows = [_row("a month at rest, in $", [f"{size} algorithms" for size in SIZES]), "|---|" + "---:|" * len(SIZES)]
    for place in zip(*(column["lines"] for column in columns), strict=True):
        rows.append(_row(_general([line["what"] for line in place]), [f"{line['usd']:.2f}" for line in place]))
    rows.append(_row("together", [f"{column['total']:.2f}" for column in columns]))
    rows += ["", _row("a job, in $ for a thousand", [""]), "|---|---:|"]
    rows += [_row(line["what"], [f"{1000 * line['usd']:.4f}"]) for line in job["lines"]]
    rows.append(_row("together", [f"{1000 * job['total']:.4f}"]))
    ways = ", ".join(f"`{nat}` ${usd:.2f}" for nat, usd in answer["ways_out"].items())
    return "\n".join(
        [
            *rows,
            "",
            f"The way out of the VPC costs in a month, by `nat`: {ways}; the cheapest is `{answer['cheapest']}`.",
            f"List prices of {known['region']} of {known['date']}, without taxes and free tiers: check them first.",
        ]
    )


def _row(head: str, cells: Sequence[str]) -> str:
    return f"| {head} | {' | '.join(cells)} |"


def _general(words: Sequence[str]) -> str:
    """Return the words that all columns of a row share, with n for a number that differs."""
    pieces = [word.split() for word in words]
    return " ".join(column[0] if len(set(column)) == 1 else "n" for column in zip(*pieces, strict=True))

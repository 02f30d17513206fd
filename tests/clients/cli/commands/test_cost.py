"""What a stack costs: from dated prices that a user may replace, and as the documentation says."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from algorithms.declaration import Resources
from clients.cli.commands.cost import SIZES, estimate, text
from clients.cli.cost import bill
from clients.cli.cost.billed_stack import Stack
from clients.cli.main import main
from runtime.local.program.project import ROOT, configuration
from runtime.operation import prices

KNOWN = prices.read()
DEFAULTS = Stack.of(configuration(None), "imaging")


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(main, ["cost", *arguments])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def test_no_nat_gateway_costs_more_than_one() -> None:
    answer = estimate("dev", KNOWN, [])
    assert answer["cheapest"] == "single"
    assert answer["ways_out"]["none"] > answer["ways_out"]["single"]


def test_the_sum_is_that_of_the_lines_and_grows_with_algorithms() -> None:
    rest = run("--stack", "dev", "--json")["at_rest"]
    totals = [rest[str(size)]["total"] for size in SIZES]
    assert totals == sorted(set(totals))
    for each in rest.values():
        assert each["total"] == pytest.approx(sum(line["usd"] for line in each["lines"]))


def test_a_task_that_stands_costs_all_month() -> None:
    idle, standing = Resources(), Resources(min_tasks=1, vcpu=1, memory_mib=2048)
    more = bill.total(bill.at_rest(DEFAULTS, KNOWN, [standing])) - bill.total(bill.at_rest(DEFAULTS, KNOWN, [idle]))
    assert more == pytest.approx(730 * (0.03238 + 2 * 0.00356))
    other = dataclasses.replace(DEFAULTS, architecture="X86_64")
    assert bill.total(bill.at_rest(other, KNOWN, [])) > bill.total(bill.at_rest(DEFAULTS, KNOWN, []))


def test_every_price_has_its_source() -> None:
    lines = [line for line in prices.FILE.read_text().splitlines() if "usd =" in line]
    assert len(lines) == len(KNOWN.usd)
    assert all('source = "https://aws.amazon.com/' in line for line in lines)


def test_prices_may_be_replaced(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text(prices.FILE.read_text().replace("nat_hour = { usd = 0.045", "nat_hour = { usd = 1.0"))
    dear, usual = run("--json", "--prices", str(own)), run("--json")
    assert dear["ways_out"]["single"] - usual["ways_out"]["single"] == pytest.approx(730 * 0.955)


def test_a_price_that_is_missing_is_named(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text(prices.FILE.read_text().replace("alarm_month", "alarm_year"))
    answer = CliRunner().invoke(main, ["cost", "--prices", str(own)])
    assert answer.exit_code == 1
    assert "has no valid price of: alarm_month" in answer.output


def test_a_stack_that_is_not_there_is_said() -> None:
    answer = CliRunner().invoke(main, ["cost", "--stack", "nowhere"])
    assert answer.exit_code == 1
    assert "Pulumi.nowhere.yaml" in answer.output


def test_the_documentation_holds_what_the_command_prints() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    assert text(estimate(None, KNOWN, [])) in page, "put what `imaging cost` prints into docs/operations.md"


def test_a_file_that_holds_no_prices_is_named(tmp_path: Path) -> None:
    (tmp_path / "prices").write_bytes(b"\xff\x00")
    answer = CliRunner().invoke(main, ["cost", "--prices", str(tmp_path / "prices")])
    assert (answer.exit_code, "prices is no price file" in answer.output) == (1, True)

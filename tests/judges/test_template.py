"""Both stacks as CloudFormation templates, read by cfn-lint."""

import json
from typing import Any

import pytest
from cfnlint.api import lint
from cfnlint.config import ManualArgs

from runtime.local.emulator.emulator import REGION
from runtime.local.resources.table import HANDLERS
from tests.judges.template import WITHOUT, template
from tests.judges.types import TYPES

# Findings that stay, by rule and type, with the reason.
LISTED = {
    ("W3010", "AWS::EC2::Subnet"): "awsx asks the region for its zones; a template would have no other way to say"
}
# I3510: whether the resources of a statement fit its actions; information, but of the kind that is wanted here
CONFIG = ManualArgs(regions=[REGION], include_checks=["I3510"])


def findings(made: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what cfn-lint finds: rule, type, and where and what."""
    found: list[tuple[str, str, str]] = []
    for each in lint(json.dumps(made), config=CONFIG):
        path = [str(part) for part in getattr(each, "path", ())]
        kind = made["Resources"].get(path[1], {}).get("Type", "") if len(path) > 1 else ""
        found.append((each.rule.id, kind, f"{'/'.join(path[1:])}: {each.message}"))
    return found


def test_cfn_lint_finds_nothing_that_is_not_listed(stack: dict[str, Any]) -> None:
    made = template(stack["resources"])
    assert len(made["Resources"]) > 100
    assert [each for each in findings(made) if each[:2] not in LISTED] == []


@pytest.mark.parametrize(
    ("kind", "properties", "rule"),
    [
        ("AWS::Lambda::Function", {"Environment": {"Variables": {"A": "x" * 5000}}, "Timeout": 30}, "E3697"),
        ("AWS::SQS::Queue", {"VisibilityTimeout": 50_000}, "E3034"),
        ("AWS::Logs::LogGroup", {"RetentionInDays": 31}, "E3030"),
    ],
)
def test_a_bad_template_is_found(kind: str, properties: dict[str, Any], rule: str) -> None:
    role = "arn:aws:iam::000000000000:role/r"
    function = {"Runtime": "python3.13", "Handler": "a.b", "Role": role, "Code": {"ZipFile": "a"}}
    whole = {**(function if kind.endswith("Function") else {}), **properties}
    made = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"One": {"Type": kind, "Properties": whole}}}
    assert rule in [each[0] for each in findings(made)]


def test_every_type_is_written_or_said_to_have_none() -> None:
    assert set(HANDLERS) <= set(TYPES) | set(WITHOUT)
    assert not set(TYPES) & set(WITHOUT)

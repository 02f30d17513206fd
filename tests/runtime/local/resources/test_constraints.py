"""Each row of the constraints refuses a value and names property, value and limit; unknown values pass."""

from typing import Any

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.constraints import CONSTRAINTS, UNKNOWN, faults
from runtime.local.resources.table import HANDLERS, Table
from tests.runtime.local.resources.bad_values import COMPUTE, NETWORK
from tests.runtime.local.resources.more_bad_values import CONTROLS, EDGE, MESSAGES

CASES = [*NETWORK, *COMPUTE, *MESSAGES, *CONTROLS, *EDGE]


def test_every_row_has_a_bad_value_and_every_type_a_handler() -> None:
    rows = {(token, path) for token, rules in CONSTRAINTS.items() for path in rules}
    assert {(token, path) for token, path, _ in CASES} == rows
    assert set(CONSTRAINTS) <= set(HANDLERS)


@pytest.mark.parametrize(("token", "path", "inputs"), CASES)
def test_a_bad_value_is_refused(token: str, path: str, inputs: dict[str, Any]) -> None:
    sentences = faults(token, inputs)
    assert [each for each in sentences if not path or each.startswith(f"{path} is ")], sentences


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ({"aws:name": "a"}, "not `aws:...`"),
        ({"a": "x" * 257}, "values of up to 256"),
        ({"a": "50 % off"}, "must be of letters"),
        (dict.fromkeys(map(str, range(51)), "a"), "at most 50"),
    ],
)
def test_tags_of_any_type_are_checked(tags: dict[str, str], words: str) -> None:
    (sentence,) = faults("aws:kms/key:Key", {"tags": tags})
    assert words in sentence


def test_a_value_that_a_preview_does_not_know_is_not_checked() -> None:
    assert faults("aws:ec2/subnet:Subnet", {"cidrBlock": UNKNOWN}) == []
    assert faults("aws:lb/listener:Listener", {"port": 443, "protocol": "HTTPS", "certificateArn": UNKNOWN}) == []


def test_a_handlers_check_names_all_faults_at_once(cloud: Emulator) -> None:
    handler = Table(cloud.boto3_client).handler("aws:lambda/function:Function")
    with pytest.raises(ValueError, match=r"timeout is 901: must be 1 to 900; memorySize is 64: must be 128 to 10240"):
        handler.check("f", {"timeout": 901, "memorySize": 64}, {})

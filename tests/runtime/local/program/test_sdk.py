"""Of the AWS SDK what is named is imported, and is what the SDK itself would have given."""

import subprocess
import sys

import pytest

from runtime.local.program.sdk import listed

NAMED = """
import sys
from runtime.local.program.sdk import import_what_is_named
import_what_is_named()
import pulumi_aws as aws
from pulumi_aws import ec2
assert ec2.get_subnets is aws.ec2.get_subnets and callable(ec2.get_subnets) and callable(ec2.get_subnet_output)
assert ec2.Vpc.__module__ == "pulumi_aws.ec2.vpc" and issubclass(aws.sqs.QueueArgs, object)
assert ec2.GetSubnetsFilterArgs.__module__ == "pulumi_aws.ec2._inputs"
assert ec2.outputs.__name__ == "pulumi_aws.ec2.outputs"
assert "pulumi_aws.ec2.instance" not in sys.modules
assert ec2.InstanceType.__module__ == "pulumi_aws.ec2._enums"
assert aws.sqs.AwaitableGetQueueResult.__module__ == "pulumi_aws.sqs.get_queue" and callable(aws.sqs.get_queue)
assert not hasattr(aws.sqs, "Nothing")
"""


def test_names_come_from_their_modules_alone() -> None:
    done = subprocess.run([sys.executable, "-c", NAMED], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("lines", "modules"),
    [
        (
            "# generated\nimport typing\nfrom ._enums import *\nfrom .vpc import *\nfrom . import outputs\n",
            ["_enums", "vpc"],
        ),
        ("from .vpc import *\nfrom .vpc import Vpc\n", None),
        ("from .vpc import *\n_utilities.register()\n", None),
    ],
)
def test_a_package_of_anything_else_is_left_as_it_is(lines: str, modules: list[str] | None) -> None:
    assert listed(lines) == modules

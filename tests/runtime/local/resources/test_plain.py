"""Properties become what boto3 takes."""

from pulumi.runtime import rpc

from runtime.local.resources.plain import whole


def test_integral_numbers_become_whole() -> None:
    assert whole({"a": 1.0, "b": [2.5, 3.0], "c": True}) == {"a": 1, "b": [2.5, 3], "c": True}
    assert isinstance(whole(1.0), int)


def test_a_secret_becomes_plain_for_aws() -> None:
    assert whole({"environment": rpc.wrap_rpc_secret({"variables": {"A": "b"}})}) == {
        "environment": {"variables": {"A": "b"}}
    }

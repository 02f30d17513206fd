"""Every input of every resource is sent somewhere: one that no handler reads would pass every test, and do something
on AWS. botocore checks what is sent in the same run."""

from typing import Any

from tests.judges.reading import Read

# Inputs that no call of the cloud's API takes, with the reason.
PROVIDERS_OWN = {
    "aws:cloudfront/vpcOrigin:VpcOrigin": {"timeouts": "how long the provider waits"},
    "aws:ecr/repository:Repository": {"forceDelete": "read when it is deleted"},
    "aws:ecs/service:Service": {
        "forceNewDeployment": "read when it is updated",
        "waitForSteadyState": "how long the provider waits; local services start at once",
    },
    "aws:kms/key:Key": {"deletionWindowInDays": "read when it is deleted"},
    "aws:s3/bucket:Bucket": {"forceDestroy": "read when it is deleted"},
    "docker-build:index:Image": {
        "buildOnPreview": "nothing is built here",
        "cacheFrom": "nothing is built here",
        "cacheTo": "nothing is built here",
        "network": "nothing is built here",
        "push": "it always is",
    },
}


def test_every_input_is_sent_somewhere(stack: dict[str, Any]) -> None:
    unread = {token: sorted(set(paths) - set(PROVIDERS_OWN.get(token, ()))) for token, paths in stack["unread"].items()}
    assert len(unread) > 40
    assert {token: paths for token, paths in unread.items() if paths} == {}


def test_what_was_read_is_known_at_any_depth() -> None:
    read = Read({"a": {"b": 1, "c": {"d": 2}}, "list": [{"e": 3, "f": 4}], "whole": {"g": 5}, "not": 6})
    assert read["a"]["b"] == 1
    assert [entry["e"] for entry in read["list"]] == [3]
    assert dict(read["whole"].items()) == {"g": 5}
    assert {**read} == read  # a copy reads nothing
    assert sorted(read.unread()) == ["a.c", "list[].f", "not"]

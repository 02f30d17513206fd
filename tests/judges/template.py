"""Writes what the program made as a CloudFormation template."""

import json
from typing import Any

from runtime.local.resources.base import pascal
from tests.judges.special import SPECIAL
from tests.judges.types import TYPES, Spelling

# What has no resource of its own in CloudFormation, and why.
WITHOUT = {
    "aws:dynamodb/tableItem:TableItem": "items are data",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "a property of the repository",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "a property of the role",
    "aws:lambda/invocation:Invocation": "a custom resource",
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": "a property of the bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "a property of the bucket",
    "aws:s3/bucketObjectv2:BucketObjectv2": "objects are data",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "a property of the bucket",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "the bucket's property",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "a property of the queue",
    "docker-build:index:Image": "built and pushed",
}
# Properties that hold JSON as text, objects in CloudFormation.
DOCUMENTS = frozenset(
    {
        "AssumeRolePolicyDocument",
        "FilterPolicy",
        "KeyPolicy",
        "PolicyDocument",
        "RedrivePolicy",
    }
)


def template(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the template of all resources; KeyError names a type that `types.py` does not know."""
    written: dict[str, Any] = {}
    for number, each in enumerate(resources):
        if each["type"] not in WITHOUT and not each["type"].startswith("pulumi:"):
            spelling = TYPES[each["type"]]
            inputs = {**named(each), **each["inputs"]}
            words = "".join(part.capitalize() for part in each["name"].replace("_", "-").split("-") if part.isalnum())
            written[f"{words}{spelling.type.rsplit(':', 1)[-1]}{number}"] = {
                "Type": spelling.type,
                "Properties": properties(each["type"], spelling, inputs),
            }
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": written}


def named(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the physical name, which the provider made up and which stands in the outputs alone."""
    key = next((key for key, name in TYPES[resource["type"]].names.items() if name.endswith("Name")), "name")
    outputs = resource["outputs"]
    return {key: outputs[key]} if isinstance(outputs.get(key), str) and key in ("name", "bucket") else {}


def properties(token: str, spelling: Spelling, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return one resource's properties."""
    made: dict[str, Any] = {}
    for key, value in inputs.items():
        name = spelling.names.get(key, key[:1].upper() + key[1:])
        if key == "tags" and name:
            pairs = [{"Key": tag, "Value": text} for tag, text in value.items()]
            made["Tags"] = value if spelling.tags == "map" else pairs
        elif name and value is not None:
            made[name] = json.loads(value) if name in DOCUMENTS and isinstance(value, str) else pascal(value)
    if spelling.inside:
        tags = {"Tags": made.pop("Tags")} if "Tags" in made else {}
        made = {spelling.inside: made, **tags}
    return SPECIAL[token](inputs, made) if token in SPECIAL else made

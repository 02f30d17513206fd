"""The settings of buckets."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, nested, pascal, unless_absent
from runtime.local.resources.relations import closed_to_the_public


class Setting(Handler):
    """A setting that is put on a bucket, read from it and deleted from it under one API name."""

    service = "s3"
    replace_on = frozenset({"bucket"})
    put: str
    get: str
    remove: str

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the arguments of the put call."""
        raise NotImplementedError

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the bucket's name."""
        return inputs["bucket"], self.update(inputs["bucket"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read whether it is set."""
        if unless_absent(getattr(self.api, self.get), Bucket=identity) is None:
            return None
        return {**state, "bucket": identity}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put it on the bucket."""
        getattr(self.api, self.put)(Bucket=identity, **self.body(new))
        return {**new, "bucket": identity}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it from the bucket."""
        unless_absent(getattr(self.api, self.remove), Bucket=identity)


class BucketPolicy(Setting):
    """aws:s3/bucketPolicy:BucketPolicy."""

    put, get, remove = "put_bucket_policy", "get_bucket_policy", "delete_bucket_policy"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the policy document; raise ValueError if the bucket's access block refuses it."""
        closed_to_the_public(self.boto3_client, inputs["bucket"], inputs["policy"])
        return {"Policy": inputs["policy"]}


class PublicAccessBlock(Setting):
    """aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock."""

    put, get, remove = "put_public_access_block", "get_public_access_block", "delete_public_access_block"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the four switches."""
        switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
        return {"PublicAccessBlockConfiguration": pascal({name: bool(inputs.get(name)) for name in switches})}


class Encryption(Setting):
    """aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration.

    A bucket without one has S3's own: deleting it puts that back.
    """

    put, get, remove = "put_bucket_encryption", "get_bucket_encryption", "delete_bucket_encryption"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the rules, with the two names that do not follow the provider's spelling."""
        rules: list[dict[str, Any]] = []
        for rule in inputs["rules"]:
            default = rule["applyServerSideEncryptionByDefault"]
            chosen = {"SSEAlgorithm": default["sseAlgorithm"]}
            if default.get("kmsMasterKeyId"):
                chosen["KMSMasterKeyID"] = default["kmsMasterKeyId"]
            rules.append(
                {
                    "ApplyServerSideEncryptionByDefault": chosen,
                    "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled")),
                }
            )
        return {"ServerSideEncryptionConfiguration": {"Rules": rules}}


class Lifecycle(Setting):
    """aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration."""

    put, get, remove = (
        "put_bucket_lifecycle_configuration",
        "get_bucket_lifecycle_configuration",
        "delete_bucket_lifecycle",
    )

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the rules; Pulumi's numbers are floats."""
        rules: list[dict[str, Any]] = []
        for rule in inputs["rules"]:
            entry: dict[str, Any] = {"ID": rule["id"], "Status": rule["status"]}
            entry["Filter"] = {"Prefix": nested(rule, "filter").get("prefix", "")}
            if "expiration" in rule:
                entry["Expiration"] = {"Days": rule["expiration"]["days"]}
            if "abortIncompleteMultipartUpload" in rule:
                days = rule["abortIncompleteMultipartUpload"]["daysAfterInitiation"]
                entry["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": days}
            rules.append(entry)
        return {"LifecycleConfiguration": {"Rules": rules}}


class Cors(Setting):
    """aws:s3/bucketCorsConfiguration:BucketCorsConfiguration."""

    put, get, remove = "put_bucket_cors", "get_bucket_cors", "delete_bucket_cors"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the rules."""
        rules = pascal(inputs["corsRules"])
        for rule in rules:
            if "MaxAgeSeconds" in rule:
                rule["MaxAgeSeconds"] = int(rule["MaxAgeSeconds"])
        return {"CORSConfiguration": {"CORSRules": rules}}

"""Buckets and their settings, each a resource of its own."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, nested, pascal, unless_absent
from runtime.local.resources.relations import closed_to_the_public


class Bucket(Handler):
    """aws:s3/bucket:Bucket."""

    service = "s3"
    name_property = "bucket"
    name_limit = 63
    replace_on = frozenset({"bucket"})

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Return the automatic name, in lower case."""
        return super().auto_name(logical, inputs, seed).lower()

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        name = inputs["bucket"]
        region = self.api.meta.region_name
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        self.api.create_bucket(Bucket=name, **place)
        self._tag(name, inputs)
        return name, self.present(name, inputs)

    def _tag(self, name: str, inputs: Properties) -> None:
        if tags := inputs.get("tags"):
            pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
            self.api.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs})

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it, if it exists."""
        if unless_absent(self.api.head_bucket, Bucket=identity) is None:
            return None
        region = self.api.meta.region_name
        return {
            **state,
            "bucket": identity,
            "arn": f"arn:aws:s3:::{identity}",
            "bucketRegion": region,
            "bucketDomainName": f"{identity}.s3.amazonaws.com",
            "bucketRegionalDomainName": f"{identity}.s3.{region}.amazonaws.com",
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the tags; nothing else changes in place."""
        self._tag(identity, new)
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it, with forceDestroy also its objects."""
        if state.get("forceDestroy"):
            pages = self.api.get_paginator("list_objects_v2").paginate(Bucket=identity)
            for page in pages:
                if keys := [{"Key": item["Key"]} for item in page.get("Contents", ())]:
                    self.api.delete_objects(Bucket=identity, Delete={"Objects": keys, "Quiet": True})
        unless_absent(self.api.delete_bucket, Bucket=identity)


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
        return self.present(identity, new)

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


class ServerSideEncryption(Setting):
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

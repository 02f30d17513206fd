"""Buckets."""

from runtime.local.resources.base import Handler, Properties, unless_absent


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
        return name, self._outputs(name, inputs)

    def _tag(self, name: str, inputs: Properties) -> None:
        if tags := inputs.get("tags"):
            pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
            self.api.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs})

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it, if it exists."""
        if unless_absent(self.api.head_bucket, Bucket=identity) is None:
            return None
        return self._outputs(identity, state)

    def _outputs(self, identity: str, state: Properties) -> Properties:
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

"""The functions that CloudFront runs at its edge."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, tags_list, unless_absent


class Function(Handler):
    """aws:cloudfront/function:Function; a write publishes it at once."""

    service = "cloudfront"
    name_property = "name"
    replace_on = frozenset({"name"})

    def _arguments(self, inputs: Properties) -> dict[str, Any]:
        config = {"Comment": inputs.get("comment") or "", "Runtime": inputs["runtime"]}
        return {"Name": inputs["name"], "FunctionConfig": config, "FunctionCode": inputs["code"].encode()}

    def _tag(self, arn: str, inputs: Properties) -> None:
        if tags := tags_list(inputs):
            self.api.tag_resource(Resource=arn, Tags={"Items": tags})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        etag = self.api.create_function(**self._arguments(inputs))["ETag"]
        self.api.publish_function(Name=inputs["name"], IfMatch=etag)
        function = self.present(inputs["name"], inputs)
        self._tag(function["arn"], inputs)
        return inputs["name"], function

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the published function."""
        answer = unless_absent(self.api.describe_function, Name=identity, Stage="LIVE")
        if answer is None:
            return None
        arn = answer["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]
        return {**state, "arn": arn, "etag": answer["ETag"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Write and publish it."""
        self.api.update_function(IfMatch=self._etag(identity), **self._arguments(new))
        self.api.publish_function(Name=identity, IfMatch=self._etag(identity))
        function = self.present(identity, new)
        self._tag(function["arn"], new)
        return function

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        if (etag := self._etag(identity)) is not None:
            unless_absent(self.api.delete_function, Name=identity, IfMatch=etag)

    def _etag(self, identity: str) -> str | None:
        answer = unless_absent(self.api.describe_function, Name=identity, Stage="DEVELOPMENT")
        return None if answer is None else answer["ETag"]

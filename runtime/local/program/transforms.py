"""Pulumi's resource transforms for the in-process front end: what the engine does by calling back, done directly."""

import threading
import uuid
from typing import Any

import pulumi
from google.protobuf import json_format
from pulumi.runtime.proto import callback_pb2


class Transforms:
    """Stands where the SDK looks for its callback server; knows which transforms a resource has, its parents' included.

    Properties are changed as a transform asks. Options have no meaning here: nothing is ever updated in place.
    """

    def __init__(self) -> None:
        self._known: dict[str, pulumi.ResourceTransform] = {}
        self._stack: list[str] = []
        self._by_urn: dict[str, list[str]] = {}
        self._adding = threading.Lock()

    def register_transform(self, transform: pulumi.ResourceTransform) -> callback_pb2.Callback:
        """Keep a transform of one resource and its children."""
        with self._adding:
            token = next((key for key, known in self._known.items() if known is transform), uuid.uuid4().hex)
            self._known[token] = transform
        return callback_pb2.Callback(token=token)

    def register_stack_transform(self, transform: pulumi.ResourceTransform) -> None:
        """Keep a transform of every resource that follows."""
        self._stack.append(self.register_transform(transform).token)

    def apply(self, request: Any, urn: str) -> None:
        """Change a registration's properties as its transforms and its parents' say, the nearest first."""
        tokens = [callback.token for callback in request.transforms] + self._by_urn.get(request.parent, [])
        self._by_urn[urn] = tokens
        for token in dict.fromkeys([*tokens, *self._stack]):
            self._change(self._known[token], request)

    def _change(self, transform: pulumi.ResourceTransform, request: Any) -> None:
        # Not the SDK's own way of reading them: it makes outputs, and this is not the program's thread.
        before: dict[str, Any] = json_format.MessageToDict(request.object)
        options = pulumi.ResourceOptions()
        arguments = pulumi.ResourceTransformArgs(request.custom, request.type, request.name, dict(before), options)
        answer: Any = transform(arguments)
        if answer is not None:
            request.object.update({key: value for key, value in answer.props.items() if before.get(key) is not value})

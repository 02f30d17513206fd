"""Applies Pulumi's resource transforms in the in-process front end; the engine does so by callbacks."""

import threading
import uuid
from typing import Any

import pulumi
from google.protobuf import json_format
from pulumi.runtime.proto import callback_pb2


class Transforms:
    """The transforms of all resources, their parents' included; it replaces the SDK's callback server.

    Transforms change properties, and which of their changes are ignored. Other options have no effect here.
    """

    def __init__(self) -> None:
        self._transforms: dict[str, pulumi.ResourceTransform] = {}
        self._stack: list[str] = []
        self._by_urn: dict[str, list[str]] = {}
        self._adding = threading.Lock()

    def register_transform(self, transform: pulumi.ResourceTransform) -> callback_pb2.Callback:
        """Keep a transform of one resource and its children."""
        with self._adding:
            token = next((key for key, each in self._transforms.items() if each is transform), uuid.uuid4().hex)
            self._transforms[token] = transform
        return callback_pb2.Callback(token=token)

    def register_stack_transform(self, transform: pulumi.ResourceTransform) -> None:
        """Keep a transform of every resource that follows."""
        self._stack.append(self.register_transform(transform).token)

    def apply(self, request: Any, urn: str) -> None:
        """Apply the transforms of a registration and of its parents to its properties, the nearest first.

        A remote component is registered a second time, by what constructs it, without the transforms of the first.
        """
        own = [callback.token for callback in request.transforms]
        tokens = self._by_urn[urn] = [*own, *self._by_urn.get(request.parent, []), *self._by_urn.get(urn, [])]
        for token in dict.fromkeys([*tokens, *self._stack]):
            self._change(self._transforms[token], request)

    def _change(self, transform: pulumi.ResourceTransform, request: Any) -> None:
        # The SDK would read the properties as outputs, which only the program's thread may make.
        before: dict[str, Any] = json_format.MessageToDict(request.object)
        options = pulumi.ResourceOptions()
        arguments = pulumi.ResourceTransformArgs(request.custom, request.type, request.name, dict(before), options)
        answer: Any = transform(arguments)
        if answer is not None:
            request.ignoreChanges.extend((answer.opts and answer.opts.ignore_changes) or ())
            request.object.update({key: value for key, value in answer.props.items() if before.get(key) is not value})

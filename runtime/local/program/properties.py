"""Makes the outputs of a resource's properties when the program asks for them.

For each property of each resource the SDK makes an output at once: four futures, a task that waits for them, and the
translation of its value. A program asks for one of a dozen of them. Here a resource remembers the engine's answer, and
its properties are outputs without a future until somebody waits for one.
"""

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

import pulumi
from google.protobuf import struct_pb2
from pulumi import _types  # pyright: ignore[reportPrivateUsage] - how names and values are translated
from pulumi.output import _OutputData  # pyright: ignore[reportPrivateUsage] - what an output's future holds
from pulumi.runtime import rpc


def make_when_asked() -> None:
    """Do so from now on in this process."""
    rpc.transfer_properties = Registration
    rpc.resolve_outputs = _resolve
    rpc.resolve_outputs_due_to_exception = _fail


class Registration:
    """What a resource's outputs wait for; it replaces the SDK's `transfer_properties`."""

    def __init__(self, resource: pulumi.Resource, properties: Mapping[str, Any], custom: bool) -> None:
        self.resource = resource
        self.answer: Answer | None = None
        self.error: Exception | None = None
        self.awaited: list[Property] = []
        for name in properties:
            if name != "urn" and not (custom and name == "id"):
                vars(resource)[name] = Property(self, name)

    def settle(self) -> None:
        """Fulfil what somebody already waits for."""
        for each in self.awaited:
            each.settle()


class Answer:
    """The properties of a registered resource, as the engine has them and, if it says nothing of one, as they were."""

    def __init__(
        self,
        resource: pulumi.Resource,
        inputs: struct_pb2.Struct,
        outputs: struct_pb2.Struct | Mapping[str, Any],
        dependencies: Mapping[str, set[pulumi.Resource]],
        *,
        typed: bool,
    ) -> None:
        self._resource, self._typed = resource, typed
        self._inputs, self._outputs = inputs, outputs
        self._dependencies = dependencies

    def data(self, name: str) -> Any:
        """Return what the future of a property's output holds."""
        key, value = self._found(name)
        secret = rpc.is_rpc_secret(value)
        dependencies = {*self._dependencies.get(key, ()), self._resource}
        return _OutputData(dependencies, rpc.unwrap_rpc_secret(value), is_known=True, is_secret=secret)

    def _found(self, name: str) -> tuple[str, Any]:
        kind = type(self._resource)
        names = _types.resource_pulumi_to_py_names(kind) if self._typed else {}
        for properties, are_inputs in ((self._outputs, False), (self._inputs, True)):
            for key in properties:
                translated = (names.get(key) or key) if self._typed else self._resource.translate_output_property(key)
                if translated != name:
                    continue
                value: Any = rpc.deserialize_property(_of_engine(properties[key]))
                if value is None and not are_inputs:
                    continue
                translate = str if self._typed else self._resource.translate_output_property
                path = rpc._Path(name, resource=self._resource._name)  # pyright: ignore[reportPrivateUsage]
                wanted = _types.resource_types(kind).get(key)
                return key, rpc.translate_output_properties(
                    value, translate, wanted, self._typed, path=path, return_none_on_dict_type_mismatch=are_inputs
                )
        return name, None


class Property(pulumi.Output[Any]):
    """The output of a property, whose future is made when it is asked for."""

    def __init__(self, registration: Registration, name: str) -> None:
        self._registration = registration
        self._name = name
        self._made: asyncio.Future[Any] | None = None

    @property
    def _data(self) -> asyncio.Future[Any]:  # pyright: ignore[reportIncompatibleVariableOverride] - as the SDK reads it
        if self._made is None:
            self._made = asyncio.Future()
            self._track()
            self._registration.awaited.append(self)
            self.settle()
        return self._made

    def settle(self) -> None:
        """Fulfil its future, if the resource has its answer."""
        of, made = self._registration, self._made
        if made is None or made.done():
            return
        if of.error is not None:
            made.set_exception(of.error)
        elif of.answer is not None:
            try:
                made.set_result(of.answer.data(self._name))
            except Exception as error:
                made.set_exception(error)


def _resolve(
    res: pulumi.Resource,
    serialized_props: struct_pb2.Struct,
    outputs: struct_pb2.Struct | Mapping[str, Any],
    deps: Mapping[str, set[pulumi.Resource]],
    resolvers: Registration,
    custom: bool,
    typed: bool = False,
    *_: Any,
    **__: Any,
) -> None:
    resolvers.answer = Answer(res, serialized_props, outputs, deps, typed=typed)
    resolvers.settle()


def _fail(resolvers: Registration, exn: Exception) -> None:
    resolvers.error = exn
    resolvers.settle()


def _of_engine(value: Any) -> Any:
    """Return a value as it comes from the engine: a handler's numbers become floats, its dictionaries structs."""
    if isinstance(value, struct_pb2.Struct | struct_pb2.ListValue | str | bool | float | None):
        return value
    whole = struct_pb2.Struct()
    whole["value"] = _at_once(rpc.serialize_property(value, [], "value"))
    return whole["value"]


def _at_once(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Return the result of a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a resource's handler answered with something that is not there yet")

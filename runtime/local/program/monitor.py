"""Pulumi's resource monitor for a program without an engine: it registers resources, and constructs components."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi.runtime import mocks, rpc
from pulumi.runtime.proto import resource_pb2

from runtime.local.awsx import COMPONENTS
from runtime.local.awsx.arguments import whole_inputs
from runtime.local.program.effects import Effects, ResourceError
from runtime.local.program.loop import Later, ProgramLoop
from runtime.local.program.transforms import Transforms
from runtime.local.resources.plain import whole

Make = Callable[[mocks.MockResourceArgs], Awaitable[tuple[str | None, dict[str, Any]]]]
STACK = "pulumi:pulumi:Stack"


@dataclass(frozen=True, slots=True)
class DeployedResource:
    """A resource as the program registered it."""

    urn: str
    parent: str
    type: str
    name: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


@dataclass(slots=True)
class Deployment:
    """The outputs and resources of a run of the program."""

    outputs: dict[str, Any] = field(default_factory=dict[str, Any])
    resources: list[DeployedResource] = field(default_factory=list[DeployedResource])


class Monitor(mocks.MockMonitor):
    """Pulumi's monitor, which registers resources and constructs remote components in the same program."""

    def __init__(self, effects: Effects, loop: ProgramLoop, project: str, stack: str) -> None:
        super().__init__(effects)
        self._effects = effects
        self._loop = loop
        self._place = f"urn:pulumi:{stack}::{project}::"
        self.make: Make = lambda arguments: loop.at_once(lambda: effects.new_resource(arguments))
        self.deployment = Deployment()
        self.transforms = Transforms()

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Return the URN as the real engine does: with the types of all parents except the stack."""
        above = parent.split("::")[2] if parent else STACK
        return f"{self._place}{type_ if above == STACK else f'{above}${type_}'}::{name}"

    def SupportsFeature(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Accept outputs in the arguments of remote components, as the engine does."""
        return type("SupportsFeatureResponse", (object,), {"hasSupport": True})

    def GetDeploymentInfo(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Return the same to an SDK that asks for all features at once."""
        info: Any = super().GetDeploymentInfo(request)  # pyright: ignore[reportUnknownMemberType] - untyped there
        info.supportedFeatures.append(resource_pb2.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES)
        return info

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Construct a remote component, note a local one, create a custom resource."""
        urn = self.make_urn(request.parent, request.type, request.name)
        self.transforms.apply(request, urn)
        self._effects.ignored[request.type, request.name] = tuple(request.ignoreChanges)
        if request.remote:
            raise Later(self._construct(request, urn))
        if request.custom:
            raise Later(self._create(request, urn))
        self.resources[urn] = mocks.MockMonitor.ResourceRegistration(urn, "", {})
        return resource_pb2.RegisterResourceResponse(urn=urn)

    async def _create(self, request: Any, urn: str) -> Any:
        properties: dict[str, Any] = rpc.deserialize_properties(request.object)
        arguments = mocks.MockResourceArgs(
            request.type, request.name, properties, request.provider, request.importId, custom=True
        )
        identity, state = await self.make(arguments)
        self.resources[urn] = mocks.MockMonitor.ResourceRegistration(urn, identity or "", state)
        self.deployment.resources.append(
            DeployedResource(
                urn=urn,
                parent=request.parent,
                type=request.type,
                name=request.name,
                id=identity or "",
                inputs=whole({key: value for key, value in properties.items() if key != "code"}),
                outputs={**state, "code": None},
            )
        )
        answer = await rpc.serialize_properties(state, {})
        return resource_pb2.RegisterResourceResponse(urn=urn, id=identity or "", object=answer)

    async def _construct(self, request: Any, urn: str) -> Any:
        if request.type not in COMPONENTS:
            raise ResourceError(
                f"The embedded cloud has no stand-in for {request.type}; add one in runtime/local/awsx."
            )
        return resource_pb2.RegisterResourceResponse(urn=urn, object=await self._expand(request))

    def Invoke(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Answer a function of the provider."""
        self._loop.need_a_thread()
        return super().Invoke(request)  # pyright: ignore[reportUnknownMemberType] - untyped there

    def ReadResource(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Read a resource that exists."""
        self._loop.need_a_thread()
        return super().ReadResource(request)  # pyright: ignore[reportUnknownMemberType] - untyped there

    async def _expand(self, request: Any) -> Any:
        inputs = whole_inputs(rpc.deserialize_properties(request.object))
        parent = pulumi.resource.DependencyResource(request.parent)
        options = pulumi.ResourceOptions(parent=parent, protect=bool(request.protect))
        component: Any = COMPONENTS[request.type](request.name, inputs, options)
        return await rpc.serialize_properties(component.state, {})

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        """Keep the stack outputs."""
        if request.urn.split("::")[2] == STACK:
            self.deployment.outputs = whole(rpc.deserialize_properties(request.outputs))
        return super().RegisterResourceOutputs(request)  # pyright: ignore[reportUnknownMemberType] - untyped there

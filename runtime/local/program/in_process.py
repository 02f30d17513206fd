"""The in-process front end of the table of handlers: it runs the program in Pulumi's runtime, without a CLI."""

import asyncio
import contextvars
import runpy
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import mocks, resource, rpc
from pulumi.runtime.proto import resource_pb2, source_pb2
from pulumi.runtime.settings import SETTINGS, set_root_resource
from pulumi.runtime.stack import run_in_stack

from runtime.local.awsx import COMPONENTS
from runtime.local.awsx.arguments import whole_inputs
from runtime.local.program.lasting import Earlier
from runtime.local.program.transforms import Transforms
from runtime.local.resources.plain import whole
from runtime.local.resources.table import Table

# Each component waits in a thread of its own while its children register; few resources are created at a time.
THREADS = 1024
AT_ONCE = 8
STACK = "pulumi:pulumi:Stack"


class ResourceError(Exception):
    """A resource that could not be created; the message names it and says why."""


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


class Effects(mocks.Mocks):
    """Pulumi's mocks, whose answers create real resources in the emulator."""

    def __init__(self, table: Table, earlier: Earlier) -> None:
        self._table = table
        self._earlier = earlier
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self.ignored: dict[tuple[str, str], tuple[str, ...]] = {}
        self.failure: ResourceError | None = None

    def new_resource(self, args: Any) -> tuple[str | None, dict[str, Any]]:
        """Create a custom resource, or read the existing one whose id is given."""
        if args.typ.startswith("pulumi:providers:"):
            return args.name, {}
        try:
            with self._turn:
                handler = self._table.handler(args.typ)
                if args.resource_id:
                    outputs = handler.read(args.resource_id, {})
                    if outputs is None:
                        raise LookupError(f"{args.resource_id} does not exist")
                    return args.resource_id, outputs
                seed = self._earlier.seed(args.typ, args.name)
                there = self._earlier.properties(args.typ, args.name)
                inputs = handler.check(args.name, whole(args.inputs), there, seed)
                ignored = self.ignored.get((args.typ, args.name), ())
                taken = self._earlier.take_over(handler, args.typ, args.name, inputs, ignored)
                return taken or handler.create(inputs)
        except Exception as error:
            failure = ResourceError(f"{args.typ} {args.name!r}: {error}")
            self.failure = self.failure or failure  # the first one is the cause of those that follow
            raise failure from error

    def call(self, args: Any) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """Answer a function of the provider."""
        try:
            return self._table.invoke(args.token, args.args), []
        except Exception as error:
            self.failure = self.failure or ResourceError(f"{args.token}: {error}")
            raise


class Monitor(mocks.MockMonitor):
    """Pulumi's monitor, which registers resources and constructs remote components in the same program."""

    def __init__(self, effects: Effects, loop: asyncio.AbstractEventLoop, project: str, stack: str) -> None:
        super().__init__(effects)
        self._effects = effects
        self._loop = loop
        self._place = f"urn:pulumi:{stack}::{project}::"
        self.context: contextvars.Context | None = None
        self._waiting: set[Future[Any]] = set()
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
            return self._construct(request, urn)
        if not request.custom:
            self.resources[urn] = mocks.MockMonitor.ResourceRegistration(urn, "", {})
            return resource_pb2.RegisterResourceResponse(urn=urn)
        response: Any = super().RegisterResource(request)  # pyright: ignore[reportUnknownMemberType] - untyped there
        registration: Any = self.resources[urn]
        inputs = {key: value for key, value in rpc.deserialize_properties(request.object).items() if key != "code"}
        self.deployment.resources.append(
            DeployedResource(
                urn=urn,
                parent=request.parent,
                type=request.type,
                name=request.name,
                id=registration.id,
                inputs=whole(inputs),
                outputs={**registration.state, "code": None},
            )
        )
        return response

    def _construct(self, request: Any, urn: str) -> Any:
        if request.type not in COMPONENTS:
            raise ResourceError(
                f"The embedded cloud has no stand-in for {request.type}; add one in runtime/local/awsx."
            )
        answer: Future[Any] = Future()
        self._waiting.add(answer)

        async def expand() -> None:
            try:
                answer.set_result(await self._expand(request))
            except Exception as error:
                answer.set_exception(error)

        # in the program's own context, where Pulumi finds its settings
        self._loop.call_soon_threadsafe(lambda: self._loop.create_task(expand()), context=self.context)
        state = answer.result()
        return resource_pb2.RegisterResourceResponse(urn=urn, object=state)

    def abandon(self) -> None:
        """Free the threads that wait for components that nothing will answer."""
        for answer in self._waiting:
            answer.cancel()

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


def _execute(program: Path) -> None:
    runpy.run_path(str(program), run_name="__main__")


def run(
    program: Path,
    project: str,
    stack: str,
    config: dict[str, str],
    table: Table,
    earlier: Earlier | None = None,
    made: list[DeployedResource] | None = None,
) -> Deployment:
    """Run the Pulumi program and create its resources; raise a ResourceError for the first that fails.

    What is still there of an earlier deployment is taken over: what holds data, or all of one that still runs. The
    resources are added to `made` as they come, so that a caller knows of them if a later one fails.
    """
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS))
    asyncio.set_event_loop(loop)
    earlier = earlier or Earlier()
    effects = Effects(table, earlier)
    monitor = Monitor(effects, loop, project, stack)
    monitor.deployment.resources = [] if made is None else made
    pulumi.runtime.set_mocks(effects, project=project, stack=stack, preview=False, monitor=monitor)
    SETTINGS.callbacks = monitor.transforms  # pyright: ignore[reportAttributeAccessIssue] - the SDK's has a server
    monitor.context = contextvars.copy_context()
    set_root_resource(None)  # pyright: ignore[reportArgumentType] - set_mocks made a stack; run_in_stack makes ours
    pulumi.runtime.set_all_config(config)
    # The engine shows where in the program a resource was made; here nobody does, and finding it takes time.
    resource._get_stack_trace = source_pb2.StackTrace  # pyright: ignore
    try:
        loop.run_until_complete(run_in_stack(lambda: _execute(program)))
    except Exception as error:
        if effects.failure is not None:
            raise effects.failure from error
        raise
    finally:
        monitor.abandon()
    earlier.remove_others(table, {(each.type, each.name) for each in monitor.deployment.resources})
    return monitor.deployment

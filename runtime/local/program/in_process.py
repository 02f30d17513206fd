"""The in-process front end of the table of handlers: it runs the program in Pulumi's runtime, without a CLI."""

import asyncio
import runpy
from pathlib import Path

import pulumi
from pulumi.runtime import resource, rpc
from pulumi.runtime.proto import source_pb2
from pulumi.runtime.settings import SETTINGS, set_root_resource
from pulumi.runtime.stack import run_in_stack

from runtime.local.program.beside import Beside
from runtime.local.program.dependencies import Dependencies
from runtime.local.program.effects import Effects
from runtime.local.program.lasting import Earlier
from runtime.local.program.loop import ProgramLoop
from runtime.local.program.monitor import DeployedResource, Deployment, Monitor
from runtime.local.resources.table import Table


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
    *,
    beside: bool = False,
) -> Deployment:
    """Run the Pulumi program and create its resources; raise a ResourceError for the first that fails.

    What is still there of an earlier deployment is taken over: what holds data, or all of one that still runs. The
    resources are added to `made` as they come, so that a caller knows of them if a later one fails. With `beside` a
    fork of this process makes them, which is quicker.
    """
    loop = ProgramLoop()
    asyncio.set_event_loop(loop)
    earlier = earlier or Earlier()
    effects = Effects(table, earlier)
    monitor = Monitor(effects, loop, project, stack)
    maker = Beside(effects, loop) if beside else None
    if maker:
        monitor.make = maker.make
    monitor.deployment.resources = [] if made is None else made
    pulumi.runtime.set_mocks(effects, project=project, stack=stack, preview=False, monitor=monitor)
    SETTINGS.callbacks = monitor.transforms  # pyright: ignore[reportAttributeAccessIssue] - the SDK's has a server
    set_root_resource(None)  # pyright: ignore[reportArgumentType] - set_mocks made a stack; run_in_stack makes ours
    pulumi.runtime.set_all_config(config)
    # The engine shows where in the program a resource was made; here nobody does, and finding it takes time.
    resource._get_stack_trace = source_pb2.StackTrace  # pyright: ignore
    rpc.declare_dependency = Dependencies().declare  # pyright: ignore
    try:
        loop.run_until_complete(run_in_stack(lambda: _execute(program)))
    except Exception as error:
        if effects.failure is not None:
            raise effects.failure from error
        raise
    finally:
        if maker:
            maker.close()
    earlier.remove_others(table, {(each.type, each.name) for each in monitor.deployment.resources})
    return monitor.deployment

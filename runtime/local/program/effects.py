"""Creates the resources of the program in the emulator, where Pulumi's mocks would only pretend to."""

from typing import Any

from pulumi.runtime import mocks

from runtime.local.program.lasting import Earlier
from runtime.local.resources.plain import whole
from runtime.local.resources.table import Table


class ResourceError(Exception):
    """A resource that could not be created; the message names it and says why."""


class Effects(mocks.Mocks):
    """Pulumi's mocks, whose answers create real resources in the emulator."""

    def __init__(self, table: Table, earlier: Earlier) -> None:
        self._table = table
        self._earlier = earlier
        self.ignored: dict[tuple[str, str], tuple[str, ...]] = {}
        self.failure: ResourceError | None = None

    def new_resource(self, args: Any) -> tuple[str | None, dict[str, Any]]:
        """Create a custom resource, or read the existing one whose id is given."""
        if args.typ.startswith("pulumi:providers:"):
            return args.name, {}
        try:
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

"""The provider protocol for the table of handlers; the real Pulumi engine calls it instead of AWS's provider."""

from importlib.metadata import version
from typing import Any

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from runtime.local.provider import wire
from runtime.local.resources.base import Handler
from runtime.local.resources.table import Table

SOME, NONE = provider_pb2.DiffResponse.DIFF_SOME, provider_pb2.DiffResponse.DIFF_NONE


def type_token(urn: str) -> str:
    """Return the resource type of a URN, without its parents' types."""
    return urn.split("::")[2].rsplit("$", 1)[-1]


def logical_name(urn: str) -> str:
    """Return the logical name at the end of a URN."""
    return urn.split("::", 3)[3]


class AwsProvider(provider_pb2_grpc.ResourceProviderServicer):
    """A provider that decodes each call of the protocol, makes the same call of a handler, and encodes its answer.

    An error of a handler ends the call; gRPC carries its text to the engine, which prints it beside the resource.
    `package` is the distribution of the program's SDK, which gives the version.
    """

    def __init__(self, package: str, table: Table) -> None:
        self._version = version(package)
        self._table = table

    def _handler(self, urn: str) -> Handler:
        return self._table.handler(type_token(urn))

    def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:  # noqa: N802 - the protocol's names
        """Return the version that the program's SDK needs."""
        return plugin_pb2.PluginInfo(version=self._version)

    def CheckConfig(self, request: Any, context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Accept the configuration: the cloud's address comes from the environment."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> provider_pb2.DiffResponse:  # noqa: N802
        """Never replace the provider itself."""
        return provider_pb2.DiffResponse(changes=NONE)

    def Configure(self, request: Any, context: Any) -> provider_pb2.ConfigureResponse:  # noqa: N802
        """Ask for plain values: the engine unwraps secrets and outputs."""
        return provider_pb2.ConfigureResponse(acceptSecrets=False, supportsPreview=True)

    def Check(self, request: Any, context: Any) -> provider_pb2.CheckResponse:  # noqa: N802
        """Fill in defaults and the automatic name."""
        olds, news = wire.decode(request.olds), wire.decode(request.news)
        checked = self._handler(request.urn).check(logical_name(request.urn), news, olds, request.randomSeed)
        return provider_pb2.CheckResponse(inputs=wire.encode(checked))

    def Diff(self, request: Any, context: Any) -> provider_pb2.DiffResponse:  # noqa: N802
        """Return which inputs differ, and which of them force a replacement."""
        olds, news = wire.decode(request.old_inputs), wire.decode(request.news)
        for name in request.ignoreChanges:  # the program keeps their old values
            news[name] = olds.get(name)
        changed, replaces = self._handler(request.urn).diff(olds, news)
        return provider_pb2.DiffResponse(
            changes=SOME if changed else NONE, diffs=changed, replaces=replaces, deleteBeforeReplace=False
        )

    def Create(self, request: Any, context: Any) -> provider_pb2.CreateResponse:  # noqa: N802
        """Create it; in a preview only its inputs are known."""
        if request.preview:
            return provider_pb2.CreateResponse(properties=request.properties)
        identity, outputs = self._handler(request.urn).create(wire.decode(request.properties))
        return provider_pb2.CreateResponse(id=identity, properties=wire.encode(outputs))

    def Read(self, request: Any, context: Any) -> provider_pb2.ReadResponse:  # noqa: N802
        """Return what the cloud has now: for a refresh, and for resources that the program only looks up."""
        state = wire.decode(request.properties)
        outputs = self._handler(request.urn).read(request.id, state)
        if outputs is None:
            return provider_pb2.ReadResponse()
        inputs = {key: outputs.get(key, value) for key, value in wire.decode(request.inputs).items()}
        return provider_pb2.ReadResponse(id=request.id, properties=wire.encode(outputs), inputs=wire.encode(inputs))

    def Update(self, request: Any, context: Any) -> provider_pb2.UpdateResponse:  # noqa: N802
        """Change it in place; in a preview, what is not an input stays as it is."""
        if request.preview:
            foreseen = struct_pb2.Struct()
            for properties in (request.olds, request.news):
                foreseen.MergeFrom(properties)
            return provider_pb2.UpdateResponse(properties=foreseen)
        olds, news = wire.decode(request.olds), wire.decode(request.news)
        outputs = self._handler(request.urn).update(request.id, olds, news)
        return provider_pb2.UpdateResponse(properties=wire.encode(outputs))

    def Delete(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Remove it."""
        self._handler(request.urn).delete(request.id, wire.decode(request.properties))
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> provider_pb2.InvokeResponse:  # noqa: N802
        """Answer a data source."""
        arguments: dict[str, Any] = {"return": wire.encode(self._table.invoke(request.tok, wire.decode(request.args)))}
        return provider_pb2.InvokeResponse(**arguments)  # `return` cannot be a keyword argument in Python

    def Cancel(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802
        """Do nothing: no call runs long enough to be cancelled."""
        return empty_pb2.Empty()

"""Converts properties between Pulumi's wire form and the plain values that the handlers take."""

from typing import Any, cast

import pulumi
from google.protobuf import json_format, struct_pb2

from runtime.local.resources.constraints import UNKNOWN

SIGNATURE = "4dabf18193072939515e22adb298388d"
ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"


class WireArchive(pulumi.FileArchive):
    """An archive on disk that remembers its wire form: two are equal if their contents have the same hash."""

    def __init__(self, wire: dict[str, Any]) -> None:
        super().__init__(wire["path"])
        self.wire = wire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WireArchive) and self.wire.get("hash") == other.wire.get("hash")

    def __hash__(self) -> int:
        return hash(self.wire.get("hash"))


def decode(message: struct_pb2.Struct) -> dict[str, Any]:
    """Return the properties of a message, whole numbers as int and archives as `WireArchive`."""
    return cast(dict[str, Any], _plain(json_format.MessageToDict(message)))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [_plain(item) for item in cast(list[Any], value)]
    if isinstance(value, dict):
        entries = cast(dict[str, Any], value)
        if entries.get(SIGNATURE) == ARCHIVE and "path" in entries:
            return WireArchive(entries)
        return {key: _plain(item) for key, item in entries.items()}
    return value


def encode(properties: dict[str, Any]) -> struct_pb2.Struct:
    """Return the message of some properties, without those that are None."""
    message = struct_pb2.Struct()
    message.update({key: _wire(value) for key, value in properties.items() if value is not None})
    return message


def _wire(value: Any) -> Any:
    if isinstance(value, WireArchive):
        return value.wire
    if isinstance(value, list | tuple):
        return [_wire(item) for item in cast(list[Any], value)]
    if isinstance(value, dict):
        return {key: _wire(item) for key, item in cast(dict[str, Any], value).items()}
    return value


def unknown(value: Any) -> bool:
    """Return whether a value is, or holds, something that only the deployment will know."""
    if isinstance(value, dict):
        return any(unknown(item) for item in cast(dict[str, Any], value).values())
    if isinstance(value, list):
        return any(unknown(item) for item in cast(list[Any], value))
    return isinstance(value, str) and UNKNOWN in value

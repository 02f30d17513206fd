"""Makes a result fit into one message, and into its job's item: the manifest in the output bucket always holds all.

Plain Python: the Lambda bundle carries this file.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from runtime.contracts import keys

# SNS takes 256 KiB with the attributes; the rest is left for them and for the envelope.
RESULT_BYTES: Final = 200_000
# Jobs of one request.
MOST_JOBS: Final = 1000
# A job's item keeps no more of its result: each write to the item is billed by the size of the whole item.
ITEM_BYTES: Final = 4_000
LISTS: Final = ("measurements", "ports", "missing", "outputs")
# What may be long beside the lists. A request bounds them, and an algorithm fills the defaults in.
LONG: Final = ("parameters", "inputs")
# Values of one further input that is a list.
MOST_VALUES: Final = 100
# The manifest alone has these, and those that are empty for most jobs are left out: each byte costs money.
MANIFEST_ALONE: Final = ("used", "source")
NOT_IF_EMPTY: Final = ("inputs", "ports", "counts")
# What the item alone has of a result that it does not hold.
ITEM_ALONE: Final = ("manifest", "types")


def dumps(value: Any) -> str:
    """Return compact JSON in ASCII: SQS and SNS refuse some characters that JSON may hold unescaped."""
    return json.dumps(value, separators=(",", ":"))


def encode(result: dict[str, Any], limit: int = RESULT_BYTES) -> str:
    """Return a JobResult as JSON of at most `limit` bytes, with as much of its lists as fits.

    What the manifest alone has is left out. Measurements go first, then declared outputs, what is missing, and files.
    If they are cut, `counts` says how many there are. Without a list that fits, long parameters and inputs go, too.
    """
    result = _without_manifests_own(result)
    text = dumps(result)
    if len(text) <= limit:
        return text
    kept = _without_lists(result)
    for name in LONG:
        if kept.get(name) and len(dumps(kept)) > limit:
            kept[name] = {}
    room = limit - len(dumps(kept))
    measurements, room = _fitting([{name: value} for name, value in result.get("measurements", {}).items()], room, 2)
    kept["measurements"] = {name: value for each in measurements for name, value in each.items()}
    for name in LISTS[1:]:
        if name in kept:
            kept[name], room = _fitting(result[name], room, 0)
    return dumps(kept)


def encode_for_item(result: dict[str, Any], limit: int = ITEM_BYTES) -> str:
    """Return what a job's item keeps of its JobResult, as JSON of at most `limit` bytes, more only for a long error.

    That is all of it, or else how the job ended, the key of its `manifest`, the `counts` of its lists and the `types`
    of its outputs. Parameters and inputs that do not fit are in the item's request.
    """
    text = encode(result)
    if len(text) <= limit:
        return text
    cut: dict[str, Any] = {**_without_lists(_without_manifests_own(result)), "parameters": {}}
    cut.pop("inputs", None)
    cut["manifest"] = keys.manifest(result["client_id"], result["job_id"])
    for name, value in (
        ("types", output_types(result)),
        ("parameters", result["parameters"]),
        ("inputs", result.get("inputs")),
    ):
        if value and len(dumps({**cut, name: value})) <= limit:
            cut[name] = value
    return dumps(cut)


def completed(kept: dict[str, Any], manifest: dict[str, Any] | None, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JobResult of which an item keeps a part, from its manifest if there is one of the same end.

    Without one the lists stay empty; parameters and inputs that did not fit are those of the request.
    """
    # A worker that came too late may have left a manifest of another end.
    if manifest and (manifest["status"], manifest["error"]) == (kept["status"], kept["error"]):
        return {**manifest, "hops": kept["hops"]}
    told = {name: value for name, value in kept.items() if name not in ITEM_ALONE}
    told["parameters"] = kept["parameters"] or request["parameters"]
    told["inputs"] = kept.get("inputs") or request.get("inputs", {})
    return told if any(kept["counts"].values()) else {**told, "outputs_complete": True, "counts": {}}


def output_types(result: Mapping[str, Any]) -> dict[str, str]:
    """Return the types of the outputs that may be an input of a later job, by name."""
    has_image = any(each["kind"] == "values" and each.get("port") is None for each in result["outputs"])
    return ({"image": "image"} if has_image else {}) | {each["name"]: each["type"] for each in result.get("ports", ())}


def _without_manifests_own(result: dict[str, Any]) -> dict[str, Any]:
    left_out = {*MANIFEST_ALONE, *(name for name in NOT_IF_EMPTY if not result.get(name))}
    kept = {name: value for name, value in result.items() if name not in left_out}
    if isinstance(pacs := kept.get("pacs"), dict):
        kept["pacs"] = without_volume(cast("dict[str, Any]", pacs))
    return kept


def without_volume(reference: dict[str, Any]) -> dict[str, Any]:
    """Return a reference to the PACS, without its `volume` if it names none, as most do."""
    return {name: value for name, value in reference.items() if name != "volume" or value is not None}


def _without_lists(result: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"measurements": {}, **{name: list[Any]() for name in LISTS[1:] if name in result}}
    counts = {name: len(result.get(name, ())) for name in LISTS}
    return {**result, **empty, "outputs_complete": False, "counts": counts}


def _fitting(values: Sequence[Any], room: int, brackets: int) -> tuple[list[Any], int]:
    """Return the first values whose JSON fits into `room` bytes, less their own brackets, and the room that is left."""
    kept: list[Any] = []
    for value in values:
        size = len(dumps(value)) - brackets + (1 if kept else 0)  # a comma before each but the first
        if size > room:
            break
        kept.append(value)
        room -= size
    return kept, room

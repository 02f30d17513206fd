"""Checks the further inputs of a request, and writes them as a job's message holds them."""

import json
from typing import Any, Final, NamedTuple, cast

from runtime.contracts import keys, states
from runtime.contracts.results import fit
from runtime.handlers import compiled
from runtime.handlers.checks import escape
from runtime.handlers.compiled import Entry
from runtime.handlers.table import store

# What tells a form from the others, and how a person calls it.
FORMS: Final = {
    "study_id": "an image, series or study of the PACS",
    "job_id": "an output of an earlier job",
    "points": "points",
    "boxes": "boxes",
}
# What each scope needs besides the study.
NEEDED: Final = {"image": ("series_id", "image_id"), "series": ("series_id",), "study": ()}
SCOPES: Final = ("image", "series", "study")
MOST_OUTPUTS: Final = 20  # of earlier jobs in one request: each is looked up
Fault = tuple[str, str]


class Value(NamedTuple):
    """One value of one input, and where it stands in the body."""

    at: str
    name: str
    content: dict[str, Any]


def check_inputs(entry: Entry, request: dict[str, Any], client_id: str) -> list[Fault]:
    """Return every fault of `inputs`; if there is none, write them into `request` as lists of plain references."""
    given: Any = request.setdefault("inputs", {})
    if not isinstance(given, dict):
        return []  # the body's own check says so
    inputs = cast("dict[str, Any]", given)
    known = (
        f"is not known here; known: {', '.join(entry.inputs)}"
        if entry.inputs
        else "is not known here: the algorithm takes the image alone"
    )
    faults: list[Fault] = [(f"/inputs/{escape(name)}", known) for name in inputs if name not in entry.inputs]
    values: list[Value] = []
    for name, port in entry.inputs.items():
        if inputs.get(name) is None:
            inputs.pop(name, None)
            faults += [(f"/inputs/{name}", "is required")] if port["required"] else []
            continue
        found, wrong = _values(name, inputs[name], many=port["many"])
        values += found
        faults += wrong
    for value in values:
        faults += _check(value, entry.inputs[value.name])
    if not faults:
        faults = _check_jobs([value for value in values if "job_id" in value.content], entry, client_id)
    if not faults:
        request["inputs"] = {
            name: [fit.without_volume(value.content) for value in values if value.name == name]
            for name in inputs
            if name in entry.inputs
        }
    return faults


def _values(name: str, given: Any, *, many: bool) -> tuple[list[Value], list[Fault]]:
    """Return the values of one input, and what is wrong if they are not objects."""
    at = f"/inputs/{name}"
    several = cast("list[Any]", given) if isinstance(given, list) else []
    if many and not 1 <= len(several) <= fit.MOST_VALUES:
        return [], [(at, f"must be a list of 1 to {fit.MOST_VALUES} inputs")]
    listed: list[tuple[str, Any]] = [(f"{at}/{n}", each) for n, each in enumerate(several)] if many else [(at, given)]
    faults = [(where, "must be an object") for where, each in listed if not isinstance(each, dict)]
    return [
        Value(where, name, cast("dict[str, Any]", each)) for where, each in listed if isinstance(each, dict)
    ], faults


def _check(value: Value, port: dict[str, Any]) -> list[Fault]:
    """Check the form of one value, and the scope of an image of the PACS."""
    at, content = value.at, value.content
    form = next((each for each in FORMS if each in content), None)
    if form not in port["forms"]:
        return [(at, f"must be {' or '.join(f'{FORMS[each]} ({each})' for each in port['forms'])}")]
    faults = [(at + where, wrong) for where, wrong in compiled.check(f"input_{form}")(content)]
    if form != "study_id" or faults:
        return faults
    scope = content["scope"] or next((each for each in SCOPES if content.get(f"{each}_id")), "study")
    content["scope"] = scope
    if scope not in port["scopes"]:
        return [(f"{at}/scope", f"is {scope}, but this input takes {' or '.join(port['scopes'])}")]
    return missing(at, content)


def missing(at: str, reference: dict[str, Any]) -> list[Fault]:
    """Return what a reference to the PACS lacks for its scope, and a volume that it cannot have."""
    scope: Any = reference.get("scope")
    if not isinstance(scope, str) or scope not in NEEDED:
        return []  # the body's own check says so
    needed = (name for name in NEEDED[scope] if reference.get(name) is None)
    faults: list[Fault] = [(f"{at}/{name}", f"is required for scope {scope}") for name in needed]
    if scope != "series" and reference.get("volume") is not None:
        faults.append((f"{at}/volume", f"is one of a series, and the scope is {scope}"))
    return faults


def _check_jobs(values: list[Value], entry: Entry, client_id: str) -> list[Fault]:
    """Check that each names an output, of the right type, of a job of this client that has ended with outputs."""
    if len(values) > MOST_OUTPUTS:
        return [("/inputs", f"names {len(values)} outputs of earlier jobs; at most {MOST_OUTPUTS} are taken")]
    faults: list[Fault] = []
    jobs: dict[str, store.Item | None] = {}
    for value in values:
        job_id, output = value.content["job_id"], value.content["output"]
        if job_id not in jobs:
            jobs[job_id] = store.get(keys.job(job_id))
        job = jobs[job_id]
        if job is None or job["client_id"] != client_id:  # nobody learns whether another's job exists
            faults.append((f"{value.at}/job_id", "is none of your jobs"))
        elif job["state"] in states.OPEN_STATES:
            faults.append((f"{value.at}/job_id", f"is a job that is still {job['state']}; wait for its end"))
        elif job["state"] not in (states.SUCCEEDED, states.PARTIAL):
            faults.append((f"{value.at}/job_id", f"is a job that ended {job['state']}, without outputs"))
        elif wrong := _output_fault(json.loads(job.get("result", "{}")), output, entry.inputs[value.name]["type"]):
            faults.append((f"{value.at}/output", wrong))
    return faults


def _output_fault(result: dict[str, Any], output: str, wanted: str) -> str | None:
    """Return what is wrong with an output as an input of the type `wanted`; a cut result is left to the worker."""
    if "types" not in result and not result.get("outputs_complete", False):
        return None
    types: dict[str, str] = result.get("types") or fit.output_types(result)
    if output not in types:
        return f"is no output of this job; it has {', '.join(types) or 'none that can be an input'}"
    # The values of labels are an image like any other.
    if types[output] != wanted and (types[output], wanted) not in (("labels", "image"), ("image", "labels")):
        return f"is of type {types[output]}, and this input takes {wanted}"
    return None

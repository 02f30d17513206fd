"""Checks what a client asks of an algorithm, all faults at once."""

from typing import Any, cast

from runtime.contracts.results import fit
from runtime.handlers import compiled
from runtime.handlers.callback.request import check_callback
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request.process_inputs import NEEDED, check_inputs, missing
from runtime.handlers.problem import Problem, faults


def find_algorithm(name: str) -> str:
    """Return `name` if it is installed; otherwise raise a Problem that suggests near names."""
    installed = compiled.algorithms()
    if name in installed:
        return name
    import difflib  # only needed here, and every cold start would pay for it

    near = difflib.get_close_matches(name[:64], installed, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else "GET /algorithms lists what is installed."
    raise Problem("unknown_algorithm", f"There is no algorithm of this name. {hint}")


def check_request(algorithm: str, caller: Client, body: Any) -> dict[str, Any]:
    """Return `body` with its defaults filled in; raise one Problem with every fault if it does not fit."""
    entry = compiled.algorithms()[algorithm]
    errors = compiled.check("batch" if is_list(body) else "request")(body)
    if not isinstance(body, dict):
        raise faults(errors)
    request = cast("dict[str, Any]", body)
    parameters: Any = request.setdefault("parameters", {})
    if isinstance(parameters, dict):
        errors += [(f"/parameters{at}", detail) for at, detail in compiled.check(entry.module)(parameters)]
    unsupported: list[tuple[str, str]] = []
    for at, reference in _references(request.get("pacs")):
        errors += missing(at, reference)
        unsupported += _unsupported(at, reference, algorithm, entry.scopes)
    errors += check_callback(request)
    errors += check_inputs(entry, request, caller.client_id)
    if errors:
        raise faults([*errors, *unsupported])
    if unsupported:
        raise faults(unsupported, "unsupported_scope")
    if request["callback"]["client_id"] != caller.client_id:
        raise Problem("forbidden", "callback.client_id is not the client that the token belongs to.")
    pacs: Any = request["pacs"]
    # What nobody asked for would be in each message and item of the job.
    request["pacs"] = [fit.without_volume(each) for each in pacs] if is_list(request) else fit.without_volume(pacs)
    return request


def is_list(body: Any) -> bool:
    """Return whether a body asks for a batch: its `pacs` is a list."""
    return isinstance(body, dict) and isinstance(cast("dict[str, Any]", body).get("pacs"), list)


def _references(pacs: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return each input reference, and where it stands in the body."""
    listed: list[tuple[str, Any]] = [("/pacs", pacs)]
    if isinstance(pacs, list):
        listed = [(f"/pacs/{number}", each) for number, each in enumerate(cast("list[Any]", pacs))]
    return [(at, cast("dict[str, Any]", each)) for at, each in listed if isinstance(each, dict)]


def _unsupported(at: str, pacs: dict[str, Any], algorithm: str, scopes: tuple[str, ...]) -> list[tuple[str, str]]:
    scope = pacs.get("scope")
    if scope in scopes or not isinstance(scope, str) or scope not in NEEDED:
        return []
    return [(f"{at}/scope", f"is {scope}, but {algorithm} takes {' or '.join(scopes)}")]

"""The catalogue: what `GET /algorithms` says about each installed algorithm."""

from dataclasses import asdict
from typing import Any

from algorithms.registered import Registered, Registry
from runtime.contracts.answers import Catalogue


def catalogue(registry: Registry) -> dict[str, Any]:
    """Return the body of `GET /algorithms`."""
    entries = [_entry(name, registry[name]) for name in sorted(registry)]
    return Catalogue.model_validate({"algorithms": entries}).model_dump(mode="json")


def _entry(name: str, registered: Registered) -> dict[str, Any]:
    algorithm = registered.algorithm
    return {
        "name": name,
        "summary": algorithm.summary,
        "scopes": algorithm.scopes,
        "needs": algorithm.needs,
        "parameters": registered.schema,
        "reference": algorithm.reference,
        "documentation": registered.documentation,
        "distribution": registered.distribution,
        "version": registered.version,
        "resources": asdict(algorithm.resources),
    }

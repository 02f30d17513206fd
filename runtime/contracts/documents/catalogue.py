"""The catalogue: what `GET /algorithms` says about each installed algorithm."""

from dataclasses import asdict
from typing import Any

from algorithms.ports.outputs import OutputPort
from algorithms.registered import Registered, Registry
from algorithms.translation import Translation
from runtime.contracts.answers import Catalogue
from runtime.contracts.results.palette import labels_of


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
        "inputs": [asdict(each) for each in registered.inputs],
        "outputs": None if registered.outputs is None else [_output(each) for each in registered.outputs.ports],
        "weights": [asdict(each) for each in algorithm.weights],
        "reference": algorithm.reference,
        "translations": {language: _translation(each) for language, each in algorithm.translations.items()},
        "documentation": registered.documentation,
        "distribution": registered.distribution,
        "version": registered.version,
        "resources": asdict(algorithm.resources),
    }


def _translation(translation: Translation) -> dict[str, Any]:
    labels = {
        output: {str(label): name for label, name in names.items()} for output, names in translation.labels.items()
    }
    return {
        "summary": translation.summary,
        "names": dict(translation.names),
        "descriptions": dict(translation.descriptions),
        "labels": labels,
        "choices": {name: dict(texts) for name, texts in translation.choices.items()},
        "units": dict(translation.units),
    }


def _output(port: OutputPort) -> dict[str, Any]:
    return {
        "name": port.name,
        "type": port.type,
        "description": port.description,
        "unit": port.unit,
        "optional": port.optional,
        "labels": [each.model_dump() for each in labels_of(port, port.names)],
        "grid": port.grid if port.type in ("image", "labels") else "",
    }

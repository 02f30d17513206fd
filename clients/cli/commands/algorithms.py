"""`imaging algorithms`: the installed algorithms with their parameters and distributions."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from algorithms.registry import Registered


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def algorithms(as_json: bool) -> None:
    """List the installed algorithms."""
    from algorithms.registry import RegistryError, load_registry
    from runtime.contracts.documents.catalogue import catalogue

    try:
        registry = load_registry()
    except RegistryError as error:
        raise click.ClickException(str(error)) from error
    installed = [registry[name] for name in registry]
    said = {each["name"]: each for each in catalogue(registry)["algorithms"]}
    entries = [_entry(each, said[each.algorithm.name]) for each in installed]
    click.echo(json.dumps(entries, indent=2) if as_json else "\n\n".join(map(_text, entries)))
    for each in installed:
        if each.heavy_imports:
            click.echo(
                f"warning: declaring {each.algorithm.name} ({each.label}) takes {each.import_seconds * 1000:.0f} ms,"
                f" because it imports {', '.join(each.heavy_imports)}; import them inside the function",
                err=True,
            )


def _entry(registered: "Registered", said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is listed of an algorithm; `said` is what the catalogue of a system says of it."""
    algorithm = registered.algorithm
    return {
        "name": algorithm.name,
        "summary": algorithm.summary,
        "scopes": list(algorithm.scopes),
        "needs": algorithm.needs,
        "parameters": registered.schema,
        "inputs": said["inputs"],
        "outputs": said["outputs"],
        "weights": [asdict(each) for each in algorithm.weights],
        "distribution": registered.distribution,
        "version": registered.version,
    }


def _text(entry: Mapping[str, Any]) -> str:
    lines = [
        f"{click.style(entry['name'], bold=True)}  {entry['summary']}",
        f"  takes {' or '.join(entry['scopes'])}; from {entry['distribution']} {entry['version']}",
    ]
    lines += [_input(each) for each in entry["inputs"]]
    required = entry["parameters"].get("required", ())
    for name, schema in entry["parameters"]["properties"].items():
        facts = [_values(schema), schema.get("unit", ""), "required" if name in required else ""]
        if "default" in schema:
            facts.append(f"default {json.dumps(schema['default'])}")
        lines.append(f"  -p {name}: {', '.join(filter(None, facts))}. {schema.get('description', '')}".rstrip())
    lines += [_output(each) for each in entry["outputs"] or ()]
    lines += [
        f"  model {each['file']} of {each['package']}: {each['licence']}; {each['source']}" for each in entry["weights"]
    ]
    return "\n".join(lines)


def _input(port: Mapping[str, Any]) -> str:
    kind = f"list of {port['type']}" if port["many"] else port["type"]
    facts = [kind, " or ".join(port["scopes"]), "required" if port["required"] else ""]
    return f"  --input {port['name']}: {', '.join(filter(None, facts))}. {port['description']}"


def _output(port: Mapping[str, Any]) -> str:
    facts = [
        port["type"],
        port["unit"],
        " | ".join(each["name"] for each in port["labels"]),
        "may be left out" if port["optional"] else "",
    ]
    return f"  returns {port['name']}: {', '.join(filter(None, facts))}. {port['description']}".rstrip()


def _values(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(json.dumps(choice) for choice in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_values(each) for each in schema["anyOf"])
    words = [schema.get("type", "any")]
    if "items" in schema:
        words.append(f"of {_values(schema['items'])}")
    signs = {
        "minimum": ">=",
        "exclusiveMinimum": ">",
        "maximum": "<=",
        "exclusiveMaximum": "<",
        "multipleOf": "multiple of",
    }
    words += [f"{sign} {schema[key]:g}" for key, sign in signs.items() if key in schema]
    return " ".join(words)

"""Keys that nobody reads, and values that are still the example's."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping

import pulumi

# What stands in Pulumi.prod.yaml.example for what only the operator knows.
PLACEHOLDER = re.compile(r"<[^<>]*>")
EXAMPLE = "Pulumi.prod.yaml.example"
# A word is meant for another one from this likeness on.
LIKENESS = 0.6


def given() -> dict[str, str]:
    """Return the stack's whole configuration, of every namespace, as the engine passed it on."""
    from pulumi.runtime.config import CONFIG

    return {**pulumi.runtime.get_config_env(), **CONFIG.get()}


def unknown(project: str, keys: Iterable[str], known: Collection[str]) -> list[str]:
    """Return a fault for each key that is set and that nobody reads; without it the default would silently hold."""
    faults: list[str] = []
    for each in sorted(keys):
        space, _, name = each.partition(":")
        if space == project and name not in known:
            (likely, *_) = [*difflib.get_close_matches(name, known, 1, LIKENESS), ""]
            meant = (
                f"did you mean {project}:{likely}?" if likely else "docs/configuration.md lists those that there are."
            )
            faults.append(f"{each} is set, and there is no such key: {meant}")
        elif space != project and name in known and difflib.SequenceMatcher(None, space, project).ratio() > LIKENESS:
            faults.append(f"{each} is set, and nobody reads the keys of {space}: did you mean {project}:{name}?")
    return faults


def unfilled(values: Mapping[str, str], project: str) -> dict[str, str]:
    """Return the fault of each key of the project whose value still has what the example left to fill in, by key."""
    found = {each: PLACEHOLDER.search(str(value)) for each, value in values.items()}
    return {
        each: f"{each} still has {match[0]} of {EXAMPLE}; replace it, or remove the key to have the default."
        for each, match in found.items()
        if match and each.startswith(f"{project}:") and not each.endswith(":pacsKeyPattern")
    }

"""Finds keys that do not exist, and values that are still the example's placeholders."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping

import pulumi

# A placeholder in Pulumi.prod.yaml.example, for a value that only the operator knows.
PLACEHOLDER = re.compile(r"<[^<>]*>")
EXAMPLE = "Pulumi.prod.yaml.example"
# From this likeness on, a word is taken for a misspelling of another.
LIKENESS = 0.6


def configured() -> dict[str, str]:
    """Return the stack's whole configuration, with every namespace, as the engine passed it on."""
    from pulumi.runtime.config import CONFIG

    return {**pulumi.runtime.get_config_env(), **CONFIG.get()}


def unknown(project: str, keys: Iterable[str], known: Collection[str]) -> list[str]:
    """Return a fault for each key that is set and does not exist: otherwise the default would apply in silence."""
    faults: list[str] = []
    for each in sorted(keys):
        space, _, name = each.partition(":")
        if space == project and name not in known:
            (likely, *_) = [*difflib.get_close_matches(name, known, 1, LIKENESS), ""]
            meant = f"did you mean {project}:{likely}?" if likely else "docs/configuration.md lists all keys."
            faults.append(f"{each} is set, and there is no such key: {meant}")
        elif space != project and (likely := _of_another(space, name, project, known)):
            faults.append(f"{each} is set, and nothing reads it: did you mean {project}:{likely}?")
    return faults


def _of_another(space: str, name: str, project: str, known: Collection[str]) -> str:
    """Return the key that is meant by one of another namespace; empty if it may be a key of a provider."""
    if difflib.SequenceMatcher(None, space, project).ratio() > LIKENESS:
        return next(iter(difflib.get_close_matches(name, known, 1, LIKENESS)), "")
    # one word, such as `web`, may be a key of something else
    return name if name in known and name != name.lower() else ""


def unfilled(values: Mapping[str, str], project: str) -> dict[str, str]:
    """Return the fault of each key of the project whose value still has a placeholder of the example, by key."""
    placeholders = {each: PLACEHOLDER.search(str(value)) for each, value in values.items()}
    return {
        each: f"{each} still has {match[0]} of {EXAMPLE}; replace it, or remove the key to use the default."
        for each, match in placeholders.items()
        if match and each.startswith(f"{project}:") and not each.endswith(":pacsKeyPattern")
    }
